"""What the tests of this folder do and see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from engine.model.participants import Actor
from engine.model.states import JobState
from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker
from tests.processes.plan_filing import approve, file_plan

if TYPE_CHECKING:
    from engine.model.messages import SentMessage
    from engine.model.work import JobRow
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver
    from tests.support.standins import OfficeClock

ADMIN: Final = Actor(login="demo_admin")
SCHOOL: Final = (
    ("internal_review", "pdzx_sh"),
    ("dept_review", "pd_zg"),
    ("biz_first", "pd_ywcs"),
    ("biz_second", "pd_ywfh"),
)


def numbered_plan(office: Engine) -> ProcessDriver:
    """Bring a plan with a trading platform to its number; the push is due."""
    plan = file_plan(office, "PL055")
    approve(plan, *SCHOOL)
    return plan


def work(office: Engine) -> None:
    """Run everything that is due."""
    Worker(office).run_due()


def live_through(office: Engine, clock: OfficeClock, span: timedelta) -> None:
    """Let time pass in steps of ten seconds, working all the while."""
    until = clock.now() + span
    while clock.now() < until:
        clock.advance(timedelta(seconds=10))
        work(office)


def outbox(office: Engine, *states: JobState) -> list[JobRow]:
    """Return messages that go out, newest first."""
    with office.database.session(write=False) as session:
        return UnitOfWork(session).exchange.outbox(states or tuple(JobState), 100)


def receipts(office: Engine) -> list[SentMessage]:
    """Return what partners have taken, newest first."""
    with office.database.session(write=False) as session:
        return UnitOfWork(session).exchange.receipts(100)


def everything_written(office: Engine) -> str:
    """Return all audit lines, jobs and receipts as one text."""
    queries = ("SELECT * FROM audit_entry", "SELECT * FROM job", "SELECT * FROM sent_message")
    with office.database.session(write=False) as session:
        rows = [row for query in queries for row in session.execute(text(query))]
    return "\n".join(str(tuple(row)) for row in rows)
