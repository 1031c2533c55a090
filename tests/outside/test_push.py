"""A filed plan reaches the trading centre once, whatever the centre does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import GiveUpSending, SendAgain
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.keys import new_key
from engine.model.participants import Actor
from engine.model.states import JobState
from engine.queries import OpenIncidents
from tests.outside.ways import ADMIN, live_through, numbered_plan, outbox, receipts, work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.model.work import JobRow
    from engine.runtime import Engine
    from tests.support.standins import OfficeClock, Standins

CENTRE = "trading_centre"


def test_the_centre_gets_one_push_and_its_acknowledgement_is_kept(
    office: Engine, standins: Standins
) -> None:
    plan = numbered_plan(office)

    work(office)
    work(office)

    (push,) = standins.received(CENTRE)
    assert (push["type"], push["id"], push["times"]) == ("plan.filed", plan.number, 1)
    (receipt,) = receipts(office)
    assert receipt.answer["ack"] == push["ack"]
    assert receipt.variables == {"push_ack": push["ack"]}
    assert plan.state == "completed"


@pytest.mark.scenario("BAD-03")
def test_a_centre_that_is_away_for_an_hour_gets_one_push_when_it_is_back(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    plan = numbered_plan(office)
    standins.behave(CENTRE, "down")

    work(office)
    live_through(office, clock, timedelta(hours=1))
    assert plan.state == "active"
    assert standins.received(CENTRE) == []
    (job,) = outbox(office)
    assert job.state is JobState.READY
    assert "503" in job.last_error

    standins.behave(CENTRE, "up")
    live_through(office, clock, timedelta(minutes=30))

    (push,) = standins.received(CENTRE)
    assert push["times"] == 1
    assert plan.state == "completed"
    assert office.ask(OpenIncidents(), ADMIN) == []


@pytest.mark.parametrize("mode", ["lose_ack", "wrong"])
def test_what_was_not_acknowledged_is_sent_again_under_the_same_id(
    office: Engine, standins: Standins, clock: OfficeClock, mode: str
) -> None:
    plan = numbered_plan(office)
    standins.behave(CENTRE, mode)
    work(office)
    assert plan.state == "active"
    before = standins.received(CENTRE)

    standins.behave(CENTRE, "up")
    live_through(office, clock, timedelta(minutes=2))

    (push,) = standins.received(CENTRE)
    assert push["times"] == (2 if mode == "lose_ack" else 1)
    assert [row["ack"] for row in before] in ([], [push["ack"]])
    (receipt,) = receipts(office)
    assert receipt.answer["ack"] == push["ack"]
    assert plan.state == "completed"


def test_what_the_centre_refuses_stops_at_once_and_is_sent_again_by_the_administrator(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    plan = numbered_plan(office)
    standins.behave(CENTRE, "reject")
    work(office)
    (stopped,) = outbox(office)
    assert (stopped.state, stopped.attempt) == (JobState.INCIDENT, 1)
    assert "不符合接收条件" in stopped.last_error
    (incident,) = office.ask(OpenIncidents(), ADMIN)
    assert incident.kind == "JOB_REJECTED"
    with pytest.raises(NotAllowedError):
        office.execute(SendAgain(job_key=str(stopped.key)), Actor(login="pdzx_jb"))

    standins.behave(CENTRE, "up")
    office.execute(SendAgain(job_key=str(stopped.key)), ADMIN)
    work(office)

    (push,) = standins.received(CENTRE)
    assert push["times"] == 1
    assert plan.state == "completed"
    assert office.ask(OpenIncidents(), ADMIN) == []
    with pytest.raises(WrongStateError):
        office.execute(SendAgain(job_key=str(stopped.key)), ADMIN)
    live_through(office, clock, timedelta(minutes=5))
    assert standins.received(CENTRE)[0]["times"] == 1


def test_after_three_days_the_administrator_may_give_up_and_the_matter_goes_on(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    plan = numbered_plan(office)
    standins.behave(CENTRE, "down")
    work(office)
    for _ in range(80):
        clock.advance(timedelta(hours=1))
        work(office)
    (stopped,) = outbox(office, JobState.INCIDENT)
    assert stopped.attempt == stopped.max_attempts
    give_up = GiveUpSending(job_key=str(stopped.key), reason=" ")
    with pytest.raises(ValidationFailedError):
        office.execute(give_up, ADMIN)

    office.execute(GiveUpSending(job_key=str(stopped.key), reason="已电话告知"), ADMIN)

    assert plan.state == "completed"
    assert outbox(office)[0].state is JobState.GIVEN_UP
    assert office.ask(OpenIncidents(), ADMIN) == []
    assert [line.action for line in plan.audit()][-1] == "message_given_up"
    standins.behave(CENTRE, "up")
    live_through(office, clock, timedelta(minutes=5))
    assert standins.received(CENTRE) == []
    with pytest.raises(WrongStateError):
        office.execute(GiveUpSending(job_key=str(stopped.key), reason="再次"), ADMIN)


def test_a_second_push_of_the_same_plan_calls_nobody(office: Engine, standins: Standins) -> None:
    numbered_plan(office)
    work(office)
    (first,) = outbox(office)

    office.execute(AskAgain(first))
    work(office)

    assert [job.state for job in outbox(office)] == [JobState.DONE, JobState.DONE]
    (push,) = standins.received(CENTRE)
    assert push["times"] == 1


def test_another_content_under_the_same_number_is_never_sent(
    office: Engine, standins: Standins
) -> None:
    numbered_plan(office)
    work(office)
    (first,) = outbox(office)
    other = {**first.inputs, "plan": {**first.inputs["plan"], "amount": "9.99"}}

    office.execute(AskAgain(first, other))
    work(office)

    (stopped,) = outbox(office, JobState.INCIDENT)
    assert "another content" in stopped.last_error
    (push,) = standins.received(CENTRE)
    assert push["times"] == 1


@dataclass(frozen=True)
class AskAgain:
    """Put a message into the outbox once more, as another matter or a loop might."""

    row: JobRow
    inputs: Mapping[str, Any] | None = None

    def execute(self, services: Services) -> None:
        """Insert it as a message of its own."""
        twin = replace(
            self.row,
            key=new_key(),
            instance_key=None,
            root_key=None,
            token_id=None,
            state=JobState.READY,
            attempt=0,
            fence=0,
            inputs=self.row.inputs if self.inputs is None else self.inputs,
        )
        assert services.store.waiting.add_call(twin)
