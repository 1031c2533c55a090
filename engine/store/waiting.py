"""Jobs, timers, subscriptions and incidents."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, not_, or_, select, update

from engine.model.keys import new_key
from engine.model.states import LIVE_TIMERS, JobState, TimerState
from engine.model.work import JobRow
from engine.store.conflicts import insert_missing
from engine.store.due_work import is_claimable, timer_is_due
from engine.store.suspensions import is_suspended
from engine.store.tables import job, subscription, timer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_JOB_FIELDS = tuple(item.name for item in fields(JobRow))


@dataclass(frozen=True, kw_only=True)
class TimerRow:
    """A due time that an element waits for."""

    key: int
    instance_key: int
    root_key: int
    token_id: str
    element_id: str
    state: TimerState
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubscriptionRow:
    """A message or signal that an element waits for."""

    instance_key: int
    root_key: int
    token_id: str
    element_id: str
    kind: str
    name: str
    correlation_key: str


_MOVE_TIMER: Final = (
    update(timer)
    .where(
        timer.c.key == bindparam("timer_key"),
        # written out: a list of values cannot be combined with many rows
        or_(*(timer.c.state == state for state in LIVE_TIMERS)),
    )
    .values(state=bindparam("to"), due_at=bindparam("moment"))
)


def _job(row: Any) -> JobRow:
    values = {name: row._mapping[name] for name in _JOB_FIELDS}
    values["state"] = JobState(values["state"])
    return JobRow(**values)


def timer_of(columns: Any) -> TimerRow:
    """Return the timer of a mapping with the columns of its table."""
    return TimerRow(**{**columns, "state": TimerState(columns["state"])})


class Waiting:
    """What instances wait for, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add_jobs(self, rows: Sequence[JobRow]) -> None:
        """Insert new jobs."""
        if rows:
            self._session.execute(insert(job), [vars(row) for row in rows])

    def add_call(self, row: JobRow) -> bool:
        """Insert a message that no process waits for; ``False`` = it was asked for before."""
        return insert_missing(self._session, job, vars(row))

    def add_timers(self, rows: Sequence[TimerRow]) -> None:
        """Insert new timers."""
        if rows:
            self._session.execute(insert(timer), [vars(row) for row in rows])

    def add_subscriptions(self, rows: Sequence[SubscriptionRow]) -> None:
        """Insert new subscriptions."""
        if rows:
            self._session.execute(
                insert(subscription), [{"key": new_key(), **vars(row)} for row in rows]
            )

    def cancel_jobs(self, instance_key: int, tokens: Sequence[str], at: datetime) -> None:
        """Cancel the open jobs of these tokens; a running handler's result will be fenced off."""
        self._session.execute(
            update(job)
            .where(
                job.c.instance_key == instance_key,
                job.c.token_id.in_(tokens),
                job.c.state.in_((JobState.READY, JobState.RUNNING, JobState.INCIDENT)),
            )
            .values(state=JobState.CANCELLED, ended_at=at)
        )

    def cancel_timers(self, instance_key: int, tokens: Sequence[str]) -> None:
        """Cancel the waiting timers of these tokens."""
        self._session.execute(
            update(timer)
            .where(
                timer.c.instance_key == instance_key,
                timer.c.token_id.in_(tokens),
                timer.c.state.in_(LIVE_TIMERS),
            )
            .values(state=TimerState.CANCELLED)
        )

    def drop_subscriptions(self, instance_key: int, tokens: Sequence[str]) -> None:
        """Forget the subscriptions of these tokens."""
        self._session.execute(
            delete(subscription).where(
                subscription.c.instance_key == instance_key, subscription.c.token_id.in_(tokens)
            )
        )

    def claim(self, owner: str, now: datetime, lease_until: datetime, limit: int) -> list[JobRow]:
        """Lease up to ``limit`` jobs that are due or whose lease has lapsed.

        Counts the attempt and raises the fence at the claim; compare-and-set on the fence keeps
        it right also where the database has no row locks. Jobs for an outside system that does
        not answer wait until its pause is over.
        """
        statement = (
            select(job)
            .where(is_claimable(now))
            .order_by(job.c.run_at, job.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = []
        for row in self._session.execute(statement).all():
            values = {
                "state": JobState.RUNNING,
                "attempt": row.attempt + 1,
                "fence": row.fence + 1,
                "lease_until": lease_until,
                "owner": owner,
            }
            result = self._session.execute(
                update(job).where(job.c.key == row.key, job.c.fence == row.fence).values(**values)
            )
            if result.rowcount == 1:  # type: ignore[attr-defined]
                claimed.append(_job_with(row, values))
        return claimed

    def job(self, key: int) -> JobRow | None:
        """Return a job."""
        row = self._session.execute(select(job).where(job.c.key == key)).one_or_none()
        return None if row is None else _job(row)

    def settle(self, key: int, fence: int, state: JobState, **values: Any) -> bool:
        """Move a running job on by compare-and-set on its fence; ``False`` = fenced off."""
        result = self._session.execute(
            update(job)
            .where(job.c.key == key, job.c.fence == fence, job.c.state == JobState.RUNNING)
            .values(state=state, **values)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def restart(self, key: int, now: datetime, tries: int) -> bool:
        """Put a stopped job back to work; ``False`` when it is not stopped any more."""
        result = self._session.execute(
            update(job)
            .where(job.c.key == key, job.c.state == JobState.INCIDENT)
            .values(state=JobState.READY, run_at=now, max_attempts=job.c.attempt + tries)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def give_up(self, row: JobRow, at: datetime, **values: Any) -> bool:
        """End a stopped job for good; ``False`` when it is not stopped any more."""
        result = self._session.execute(
            update(job)
            .where(job.c.key == row.key, job.c.state == JobState.INCIDENT)
            .values(state=JobState.GIVEN_UP, ended_at=at, **values)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def extend_lease(self, key: int, fence: int, until: datetime) -> bool:
        """Prolong a running job's lease; ``False`` = somebody else has it."""
        return self.settle(key, fence, JobState.RUNNING, lease_until=until)

    def due_timers(self, now: datetime, limit: int) -> list[TimerRow]:
        """Return waiting timers that are due, earliest first."""
        statement = (
            select(timer)
            .where(timer_is_due(now))
            .order_by(timer.c.due_at, timer.c.key)
            .limit(limit)
        )
        return [timer_of(row._mapping) for row in self._session.execute(statement)]

    def fire_timer(self, key: int) -> bool:
        """Mark a timer fired by compare-and-set."""
        result = self._session.execute(
            update(timer)
            .where(timer.c.key == key, timer.c.state == TimerState.WAITING)
            .values(state=TimerState.FIRED)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def timers(self, root_key: int) -> list[TimerRow]:
        """Return the timers of a matter that may still fire."""
        statement = (
            select(timer)
            .where(timer.c.root_key == root_key, timer.c.state.in_(LIVE_TIMERS))
            .order_by(timer.c.key)
        )
        return [timer_of(row._mapping) for row in self._session.execute(statement)]

    def timers_by_key(self, keys: Sequence[int]) -> dict[int, TimerRow]:
        """Return those of these timers that may still fire."""
        statement = select(timer).where(timer.c.key.in_(keys), timer.c.state.in_(LIVE_TIMERS))
        return {row.key: timer_of(row._mapping) for row in self._session.execute(statement)}

    def move_timers(self, rows: Sequence[TimerRow]) -> None:
        """Give timers that may still fire other moments and states, in one statement."""
        if rows:
            values = [{"timer_key": row.key, "to": row.state, "moment": row.due_at} for row in rows]
            self._session.connection().execute(_MOVE_TIMER, values)

    def subscribers(
        self, kind: str, name: str, correlation_key: str, *, awake: bool = False
    ) -> list[SubscriptionRow]:
        """Return who waits for a message (by key) or signal (key is ignored), oldest first.

        With ``awake`` those in suspended matters are left out.
        """
        statement = select(subscription).where(
            subscription.c.kind == kind, subscription.c.name == name
        )
        if awake:
            statement = statement.where(not_(is_suspended(subscription.c.root_key)))
        if kind == "message":
            statement = statement.where(subscription.c.correlation_key == correlation_key)
        names = [item.name for item in fields(SubscriptionRow)]
        return [
            SubscriptionRow(**{name: row._mapping[name] for name in names})
            for row in self._session.execute(statement.order_by(subscription.c.key))
        ]


def _job_with(row: Any, values: dict[str, Any]) -> JobRow:
    return JobRow(**{name: row._mapping[name] for name in _JOB_FIELDS} | values)
