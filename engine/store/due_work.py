"""What workers find due: each condition once, for the step that takes it and for the look before.

A worker that finds nothing asks one question instead of opening a writing transaction per step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, and_, bindparam, false, literal_column, not_, or_, select

from engine.model.deadlines import AlarmState
from engine.model.states import JobState, TimerState
from engine.store.suspensions import is_suspended
from engine.store.tables import (
    alarm,
    bell_notice,
    calendar_sweep,
    delivery,
    handover_line,
    job,
    partner_pause,
    post_change,
    staff_change,
    start_subscription,
    subscription,
    timer,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter
    from sqlalchemy.orm import Session

    Moment = datetime | BindParameter[datetime]
    Condition = ColumnElement[bool]


def _written_out(state: str) -> ColumnElement[str]:
    """Return a state as text of the statement: SQLite fits no partial index to a bound value."""
    return literal_column(f"'{state}'")


def timer_is_due(now: Moment) -> Condition:
    """An element waits for this moment."""
    return and_(timer.c.state == TimerState.WAITING, timer.c.due_at <= now)


def start_is_due(now: Moment) -> Condition:
    """A start timer has come."""
    return start_subscription.c.due_at <= now


def alarm_is_due(now: Moment) -> Condition:
    """A reminder, a due date or an escalation has come."""
    return and_(alarm.c.state == _written_out(AlarmState.WAITING), alarm.c.due_at <= now)


def is_deliverable(now: Moment) -> Condition:
    """A message or signal is addressed, or somebody waits for it now."""
    waits = and_(
        subscription.c.kind == delivery.c.kind,
        subscription.c.name == delivery.c.name,
        subscription.c.correlation_key == delivery.c.correlation_key,
        not_(is_suspended(subscription.c.root_key)),
    )
    return and_(
        delivery.c.state == "waiting",
        or_(delivery.c.expires_at.is_(None), delivery.c.expires_at > now),
        or_(
            and_(
                delivery.c.instance_key.is_not(None),
                or_(delivery.c.root_key.is_(None), not_(is_suspended(delivery.c.root_key))),
            ),
            select(subscription.c.key).where(waits).exists(),
        ),
    )


def post_change_is_due(now: Moment) -> Condition:
    """The day has come on which a post is given or taken."""
    return and_(post_change.c.settled_at.is_(None), post_change.c.effective_at <= now)


def handover_is_due() -> Condition:
    """A line of a hand-over waits."""
    return handover_line.c.state == _written_out("waiting")


def sweep_is_due(now: Moment) -> Condition:
    """Deadlines are to be counted anew."""
    return calendar_sweep.c.next_at <= now


def is_unspread() -> Condition:
    """A notice has not been sent by the channels."""
    return bell_notice.c.spread == false()


def is_claimable(now: Moment) -> Condition:
    """A job is due or its lease has lapsed, and its outside system is not being left in peace."""
    paused = select(partner_pause.c.partner).where(partner_pause.c.until > now)
    return and_(
        or_(
            and_(job.c.state == JobState.READY, job.c.run_at <= now),
            and_(job.c.state == JobState.RUNNING, job.c.lease_until < now),
        ),
        job.c.partner.not_in(paused),
        or_(job.c.root_key.is_(None), not_(is_suspended(job.c.root_key))),
    )


_NOW: Final[BindParameter[datetime]] = bindparam("now")
_ANYTHING: Final = select(
    or_(
        select(timer.c.key).where(timer_is_due(_NOW)).exists(),
        select(start_subscription.c.process_id).where(start_is_due(_NOW)).exists(),
        select(alarm.c.key).where(alarm_is_due(_NOW)).exists(),
        select(delivery.c.key).where(is_deliverable(_NOW)).exists(),
        select(calendar_sweep.c.year_key).where(sweep_is_due(_NOW)).exists(),
        select(bell_notice.c.key).where(is_unspread()).exists(),
        select(staff_change.c.key).exists(),
        select(handover_line.c.handover_key).where(handover_is_due()).exists(),
        select(post_change.c.key).where(post_change_is_due(_NOW)).exists(),
        select(job.c.key).where(is_claimable(_NOW)).exists(),
    )
)


def is_anything_due(session: Session, now: datetime) -> bool:
    """Tell whether any step of a worker has something to do; one statement."""
    return bool(session.execute(_ANYTHING, {"now": now}).scalar_one())
