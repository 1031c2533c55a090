"""A matter goes from its start to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import ClaimJobs, CompleteJob, MoveToken
from engine.errors import NotAllowedError
from engine.model.participants import Actor

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def test_initiator_has_the_first_step(leave: ProcessDriver) -> None:
    assert leave.waiting_at == {"fill_request"}
    assert leave.people_at("fill_request") == {"jia"}


def test_submission_goes_to_the_superior_unit(submitted: ProcessDriver) -> None:
    assert submitted.waiting_at == {"approve_request"}
    assert submitted.people_at("approve_request") == {"yi", "yi2"}
    assert submitted.root.title == "探亲"
    assert [list(pair) for pair in submitted.root.summary] == [["天数", "3"]]


def test_record_handler_runs_with_the_decision_and_outside_handler_waits(
    engine: Engine, submitted: ProcessDriver
) -> None:
    submitted.complete("approve_request", "approve", by="yi")

    submitted.complete("review_request", "approve", by="ding")

    assert submitted.number == "QJ-2026-03"
    assert submitted.waiting_at == set()
    assert submitted.state == "active"

    (claimed,) = engine.execute(ClaimJobs(owner="w1"))
    engine.execute(CompleteJob(job_key=claimed.job.key, fence=claimed.fence))

    assert submitted.state == "completed"
    assert submitted.passed[-1] == "registered"


def test_return_is_a_drawn_flow_and_goes_to_the_same_person(submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "return", by="yi2", opinion="请补充")

    assert submitted.waiting_at == {"fill_request"}

    submitted.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "2"})

    assert submitted.people_at("approve_request") == {"yi2"}


def test_changed_answers_are_in_the_audit_trail(submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "return", by="yi", opinion="请改")
    submitted.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "2"})

    line = [row for row in submitted.audit() if row.action == "work_item_completed"][-1]

    assert line.changes == {"天数": ["3", "2"]}
    assert (line.who, line.unit) == ("甲", "第一中学")


def test_returning_to_an_earlier_step_by_command(submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "approve", by="yi")

    submitted.return_to("review_request", "fill_request", by="ding", reason="材料不全")

    assert submitted.waiting_at == {"fill_request"}
    assert submitted.people_at("fill_request") == {"jia"}


def test_administrator_moves_a_matter(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "approve", by="yi")
    move = MoveToken(
        instance_key=submitted.instance_key,
        element_id="review_request",
        target_element_id="approve_request",
        reason="复核人误点",
    )

    with pytest.raises(NotAllowedError):
        engine.execute(move, Actor(login="ding"))
    engine.execute(move, Actor(login="boss"))

    assert submitted.waiting_at == {"approve_request"}
    assert submitted.people_at("approve_request") == {"yi"}
