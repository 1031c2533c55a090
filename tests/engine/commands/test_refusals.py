"""What is refused changes nothing and leaves one audit line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from engine.commands import ClaimWorkItem, CompleteWorkItem, StartInstance
from engine.errors import (
    NotAllowedError,
    NoVariantError,
    TaskGoneError,
    ValidationFailedError,
    WorkflowError,
    WrongStateError,
)
from engine.model.participants import Actor
from engine.store.tables import audit_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.leave_request import LeaveOffice
    from tests.support.process_driver import ProcessDriver


def refused(engine: Engine) -> int:
    """Number of audit lines of refused commands."""
    with engine.database.session(write=False) as session:
        statement = select(func.count()).where(audit_entry.c.action == "refused")
        return session.execute(statement).scalar_one()


def codes(error: WorkflowError) -> set[tuple[str, str]]:
    assert isinstance(error, ValidationFailedError)
    return {(fault.field, fault.code) for fault in error.errors}


def test_form_is_checked_by_the_server(engine: Engine, leave: ProcessDriver) -> None:
    with pytest.raises(ValidationFailedError) as raised:
        leave.complete("fill_request", by="jia", answers={"reason": " ", "days": "300"})

    assert {field for field, _code in codes(raised.value)} == {"reason", "days"}
    assert leave.waiting_at == {"fill_request"}
    assert refused(engine) == 1


def test_decision_needs_an_opinion(submitted: ProcessDriver) -> None:
    with pytest.raises(ValidationFailedError) as raised:
        submitted.complete("approve_request", "approve", by="yi", opinion="   ")

    assert codes(raised.value) == {("opinion", "ERR_OPINION_REQUIRED")}


def test_undrawn_outcome_is_not_allowed_and_none_is_asked_for(submitted: ProcessDriver) -> None:
    with pytest.raises(NotAllowedError):
        submitted.complete("approve_request", "whatever", by="yi")
    with pytest.raises(ValidationFailedError) as raised:
        submitted.complete("approve_request", "", by="yi")

    assert codes(raised.value) == {("outcome", "ERR_ENUM")}


@pytest.mark.parametrize("stranger", ["bing", "other", "ding", "jia"])
def test_strangers_may_not_act(engine: Engine, submitted: ProcessDriver, stranger: str) -> None:
    with pytest.raises(NotAllowedError) as raised:
        submitted.complete("approve_request", "approve", by=stranger)

    assert "探亲" not in raised.value.message_zh
    assert submitted.waiting_at == {"approve_request"}
    assert refused(engine) == 1


def test_second_completion_names_the_winner(engine: Engine, submitted: ProcessDriver) -> None:
    key = submitted.key_at("approve_request")
    submitted.complete("approve_request", "approve", by="yi")

    with pytest.raises(TaskGoneError) as raised:
        engine.execute(
            CompleteWorkItem(work_item_key=key, outcome="return", opinion="不同意"),
            Actor(login="yi2"),
        )

    assert "乙" in raised.value.message_zh
    assert "2026-06-10 09:00" in raised.value.message_zh
    assert submitted.waiting_at == {"review_request"}


def test_claimed_work_is_closed_to_colleagues(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.claim("approve_request", by="yi")

    with pytest.raises(NotAllowedError):
        submitted.complete("approve_request", "approve", by="yi2")
    with pytest.raises(NotAllowedError):
        engine.execute(
            ClaimWorkItem(work_item_key=submitted.key_at("approve_request")), Actor(login="yi2")
        )


def test_repeated_request_is_done_once(engine: Engine, submitted: ProcessDriver) -> None:
    command = CompleteWorkItem(
        work_item_key=submitted.key_at("approve_request"),
        outcome="approve",
        opinion="同意",
        idempotency_key="k1",
    )

    first = engine.execute(command, Actor(login="yi"))
    second = engine.execute(command, Actor(login="yi"))

    assert first == second
    assert submitted.waiting_at == {"review_request"}


def test_only_starters_of_a_covered_division_may_start(engine: Engine) -> None:
    with pytest.raises(NotAllowedError):
        engine.execute(StartInstance(process_id="leave_request"), Actor(login="yi"))
    with pytest.raises(NoVariantError):
        engine.execute(StartInstance(process_id="leave_request"), Actor(login="other"))


def test_business_error_that_nobody_draws_rolls_everything_back(
    engine: Engine, leave: ProcessDriver, office: LeaveOffice
) -> None:
    office.uncaught = True
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})
    leave.complete("approve_request", "approve", by="yi")

    with pytest.raises(WorkflowError, match="UNLUCKY"):
        leave.complete("review_request", "approve", by="ding")

    assert leave.waiting_at == {"review_request"}
    assert refused(engine) == 1


@pytest.mark.parametrize("look", [lambda d: d.claim("approve_request", by="yi")])
def test_withdrawal_only_before_anybody_looked(
    submitted: ProcessDriver, look: Callable[[ProcessDriver], None]
) -> None:
    submitted.withdraw(by="jia", reason="填错了")

    assert submitted.waiting_at == {"fill_request"}
    assert not submitted.root.submitted

    submitted.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "4"})
    look(submitted)

    with pytest.raises(WrongStateError):
        submitted.withdraw(by="jia", reason="又填错了")


def test_draft_can_be_deleted_by_its_author_only(engine: Engine, leave: ProcessDriver) -> None:
    with pytest.raises(NotAllowedError):
        leave.terminate(by="bing", reason="不要了")

    leave.terminate(by="jia", reason="不要了")

    assert leave.state == "terminated"
    assert leave.waiting_at == set()
