"""挂起 and 恢复: nothing moves meanwhile but what was under way; everything goes on later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.catalog import read_package
from engine.commands import (
    ClaimJobs,
    CompleteJob,
    DeliverNext,
    DeployPackage,
    FireDueTimer,
    PublishMessage,
    ResumeInstance,
    StartInstance,
    SuspendInstance,
)
from engine.errors import (
    NotAllowedError,
    ValidationFailedError,
    WrongStateError,
)
from engine.model.participants import Actor
from engine.queries import WorkItemQuery, Worklist
from engine.queries.views import Box
from tests.support.counting import counted
from tests.support.leave_request import PACKAGES
from tests.support.permit import Permit
from tests.support.process_driver import ProcessDriver
from tests.support.verbs import refusals

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

BOSS = Actor(login="boss")


def change(
    driver: ProcessDriver, command: type[Any], by: str = "boss", reason: str = "审计"
) -> None:
    driver.engine.execute(command(instance_key=driver.instance_key, reason=reason), Actor(login=by))


def verbs(driver: ProcessDriver, by: str) -> dict[str, bool]:
    return {verb.verb: verb.allowed for verb in driver.view(by=by).verbs}


def test_tasks_wait_and_say_why(engine: Engine, submitted: ProcessDriver) -> None:
    key = submitted.key_at("approve_request")
    change(submitted, SuspendInstance)

    view = engine.ask(WorkItemQuery(work_item_key=key), Actor(login="yi"))
    assert (view.mine, view.refusal[:5]) == (False, "事项已挂起")
    assert view.matter.suspension is not None
    assert (view.matter.suspension.by, view.matter.suspension.reason) == ("管", "审计")
    assert [verb.verb for verb in view.verbs if verb.allowed] == ["circulate"]
    (row,) = engine.ask(Worklist(box=Box.TODO), Actor(login="yi")).rows
    assert row.suspended
    for refused in (
        lambda: submitted.complete("approve_request", "approve", by="yi"),
        lambda: submitted.claim("approve_request", by="yi"),
        lambda: submitted.save_draft("approve_request", {}, by="yi"),
        lambda: submitted.withdraw(by="jia", reason="改"),
    ):
        with pytest.raises(WrongStateError, match="suspended"):
            refused()
    assert refusals(engine) == 4

    change(submitted, ResumeInstance)
    submitted.complete("approve_request", "approve", by="yi")

    actions = [line.action for line in submitted.audit()]
    assert actions.index("instance_suspended") < actions.index("instance_resumed")


def test_clocks_and_timers_stand_still_and_go_on(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock, "P3WD", timer="P10D")
    change(permit.matter, SuspendInstance)
    permit.pass_to("2026-07-06 09:00")
    assert (permit.due, permit.told("yi")) == ("-", [])
    assert permit.matter.waiting_at == {"review"}

    change(permit.matter, ResumeInstance)

    # suspended at once on the 10th: the three working days are the 6th (a Monday) to the 8th
    assert permit.due == "2026-07-08 18:00"
    clock.advance(timedelta(days=9))
    assert not engine.execute(FireDueTimer())
    clock.advance(timedelta(days=2))
    assert engine.execute(FireDueTimer())


def test_jobs_are_not_begun_and_the_result_of_one_that_runs_is_taken(
    engine: Engine, submitted: ProcessDriver
) -> None:
    submitted.complete("approve_request", "approve", by="yi")
    if "review_request" in submitted.waiting_at:
        submitted.complete("review_request", "approve", by="ding")
    change(submitted, SuspendInstance)
    assert list(engine.execute(ClaimJobs(owner="worker"))) == []
    change(submitted, ResumeInstance)
    (claimed,) = engine.execute(ClaimJobs(owner="worker"))
    change(submitted, SuspendInstance)

    engine.execute(CompleteJob(job_key=claimed.job.key, fence=claimed.fence))

    assert submitted.state == "completed"


def test_messages_wait_however_long_it_takes(engine: Engine, clock: FakeClock) -> None:
    folder = PACKAGES / "processes" / "parcel"
    engine.execute(DeployPackage(package=read_package(folder)))
    start = StartInstance(process_id="parcel", variables={"parcel_no": "P1"})
    started = engine.execute(start, Actor(login="jia"))
    parcel = ProcessDriver(engine, started.instance_key, "jia")
    with engine.database.session(write=True) as session:
        from sqlalchemy import update

        from engine.store.tables import process_instance

        session.execute(update(process_instance).values(submitted=True))
        session.commit()
    change(parcel, SuspendInstance)
    sent = PublishMessage(name="arrived", correlation_key="P1")

    assert engine.execute(sent).kept
    clock.advance(timedelta(days=30))
    assert not engine.execute(DeliverNext())
    change(parcel, ResumeInstance)
    assert engine.execute(DeliverNext())

    assert parcel.waiting_at == {"sign_parcel"}


def test_only_whom_the_model_or_the_office_names(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock, suspend_by="handler, initiator")
    matter = permit.matter
    with pytest.raises(NotAllowedError):
        change(matter, SuspendInstance, by="ding")
    assert [verbs(matter, by)["suspend"] for by in ("jia", "yi", "boss")] == [True] * 3
    with pytest.raises(ValidationFailedError):
        change(matter, SuspendInstance, by="yi", reason=" ")
    change(matter, SuspendInstance, by="yi")
    with pytest.raises(WrongStateError):
        change(matter, SuspendInstance, by="yi")
    assert "suspend" not in verbs(matter, "boss")

    change(matter, ResumeInstance, by="jia")

    with pytest.raises(WrongStateError):
        change(matter, ResumeInstance, by="jia")
    plain = Permit.asked(engine, clock).matter
    assert (verbs(plain, "jia")["suspend"], verbs(plain, "boss")["suspend"]) == (False, True)


def test_an_administrator_may_end_what_rests(engine: Engine, submitted: ProcessDriver) -> None:
    change(submitted, SuspendInstance)

    submitted.terminate(by="boss", reason="不再需要")

    assert submitted.state == "terminated"
    assert "resume" not in verbs(submitted, "boss")


def test_it_is_one_commit_each(engine: Engine, clock: FakeClock) -> None:
    matter = Permit.asked(engine, clock, "P3WD", timer="P10D").matter
    matter.view(by="boss")

    with counted(engine) as suspending:
        change(matter, SuspendInstance)
    with counted(engine) as resuming:
        change(matter, ResumeInstance)

    assert (suspending["commits"], resuming["commits"]) == (1, 1)
    # everything that stood still is counted anew: stops, due dates, alarms, timers
    assert max(suspending["statements"], resuming["statements"]) <= 15
