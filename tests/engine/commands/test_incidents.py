"""What stops is an incident that an administrator retries or closes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError
from engine.commands import ClaimJobs, ResolveIncident, RetryIncident
from engine.errors import NotAllowedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import OpenIncidents
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.support.leave_request import LeaveOffice
    from tests.support.process_driver import ProcessDriver

BOSS = Actor(login="boss")


@pytest.fixture
def stopped(
    engine: Engine, submitted: ProcessDriver, office: LeaveOffice, clock: FakeClock
) -> ProcessDriver:
    """A matter whose notice failed twice, which is all the model allows."""
    submitted.complete("approve_request", "approve", by="yi")
    submitted.complete("review_request", "approve", by="ding")
    office.fail = RuntimeError("短信网关无响应")
    worker = Worker(engine)
    worker.run_due()
    clock.advance(timedelta(minutes=1))
    worker.run_due()
    return submitted


def test_exhausted_retries_are_one_open_incident(engine: Engine, stopped: ProcessDriver) -> None:
    (incident,) = engine.ask(OpenIncidents(), BOSS)

    assert incident.element_id == "notify_applicant"
    assert "短信网关无响应" in incident.message
    assert stopped.state == "active"


def test_retry_goes_on_to_the_end(
    engine: Engine, stopped: ProcessDriver, office: LeaveOffice
) -> None:
    (incident,) = engine.ask(OpenIncidents(), BOSS)
    office.fail = None

    engine.execute(RetryIncident(incident_key=str(incident.key)), BOSS)
    Worker(engine).run_due()

    assert stopped.state == "completed"
    assert len(office.told) == 1
    assert engine.ask(OpenIncidents(), BOSS) == []
    with pytest.raises(WrongStateError):
        engine.execute(RetryIncident(incident_key=str(incident.key)), BOSS)


def test_closing_needs_a_reason_and_an_administrator(
    engine: Engine, stopped: ProcessDriver
) -> None:
    (incident,) = engine.ask(OpenIncidents(), BOSS)
    command = ResolveIncident(incident_key=str(incident.key), reason="已电话通知")

    with pytest.raises(NotAllowedError):
        engine.execute(command, Actor(login="jia"))
    engine.execute(command, BOSS)

    assert engine.ask(OpenIncidents(), BOSS) == []
    assert stopped.state == "active"


def test_only_administrators_see_incidents(engine: Engine, stopped: ProcessDriver) -> None:
    assert stopped.state == "active"

    with pytest.raises(NotAllowedError):
        engine.ask(OpenIncidents(), Actor(login="jia"))


def test_handler_that_kills_its_worker_becomes_an_incident(
    engine: Engine, submitted: ProcessDriver, clock: FakeClock
) -> None:
    submitted.complete("approve_request", "approve", by="yi")
    submitted.complete("review_request", "approve", by="ding")

    for _ in range(2):
        assert len(engine.execute(ClaimJobs(owner="dies"))) == 1
        clock.advance(timedelta(minutes=1))

    assert engine.execute(ClaimJobs(owner="lives")) == []
    (incident,) = engine.ask(OpenIncidents(), BOSS)
    assert incident.element_id == "notify_applicant"
    assert engine.execute(ClaimJobs(owner="lives")) == []


def test_step_that_cannot_go_on_is_an_incident_until_it_does(
    engine: Engine, leave: ProcessDriver, office: LeaveOffice
) -> None:
    office.uncaught = True
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})
    leave.complete("approve_request", "approve", by="yi")
    with pytest.raises(UncaughtError):
        leave.complete("review_request", "approve", by="ding")

    assert leave.state == "incident"
    assert leave.waiting_at == {"review_request"}
    assert len(engine.ask(OpenIncidents(), BOSS)) == 1

    office.uncaught = False
    leave.complete("review_request", "approve", by="ding")

    assert leave.state == "active"
    assert engine.ask(OpenIncidents(), BOSS) == []
