"""What stands still in a suspended matter, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, select

from engine.model.deadlines import AlarmRow, DeadlineRow, StopRow
from engine.model.states import LIVE_TIMERS
from engine.store.deadlines import LIVE_ALARMS, alarm_of
from engine.store.tables import alarm, clock_stop, deadline, timer
from engine.store.waiting import TimerRow, timer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table
    from sqlalchemy.orm import Session


def _labelled(table: Table, row: type) -> list[Any]:
    return [table.c[one.name].label(f"{table.name}_{one.name}") for one in fields(row)]


_STILL: Final = (
    select(
        *_labelled(clock_stop, StopRow),
        *_labelled(deadline, DeadlineRow),
        *_labelled(timer, TimerRow),
        *_labelled(alarm, AlarmRow),
    )
    .select_from(clock_stop)
    .outerjoin(deadline, deadline.c.key == clock_stop.c.deadline_key)
    .outerjoin(
        timer,
        and_(timer.c.key == clock_stop.c.deadline_key, timer.c.state.in_(LIVE_TIMERS)),
    )
    .outerjoin(
        alarm,
        and_(alarm.c.deadline_key == clock_stop.c.deadline_key, alarm.c.state.in_(LIVE_ALARMS)),
    )
    .where(clock_stop.c.root_key == bindparam("matter"))
    .order_by(clock_stop.c.since, clock_stop.c.key, alarm.c.key)
)


@dataclass
class Standstill:
    """Clocks of one matter that were ever stopped, by the key of what waits.

    Attributes:
        stops: oldest first.
        clocks: what they count; timers that count no working days have none.
        timers: those that may still fire.
        alarms: those that may still ring.
    """

    stops: dict[int, list[StopRow]] = field(default_factory=dict)
    clocks: dict[int, DeadlineRow] = field(default_factory=dict)
    timers: dict[int, TimerRow] = field(default_factory=dict)
    alarms: dict[int, list[AlarmRow]] = field(default_factory=dict)


def read_standstill(session: Session, root_key: int) -> Standstill:
    """Return what stands still, or once stood still, in a matter."""
    found = Standstill()
    stops: dict[int, StopRow] = {}
    alarms: dict[int, AlarmRow] = {}
    for row in session.execute(_STILL, {"matter": root_key}):
        stop = StopRow(**_part(row, clock_stop, StopRow))
        stops.setdefault(stop.key, stop)
        if row.deadline_key is not None:
            found.clocks[row.deadline_key] = DeadlineRow(**_part(row, deadline, DeadlineRow))
        if row.timer_key is not None:
            found.timers[row.timer_key] = timer_of(_part(row, timer, TimerRow))
        if row.alarm_key is not None:
            alarms.setdefault(row.alarm_key, alarm_of(_part(row, alarm, AlarmRow)))
    for stop in stops.values():
        found.stops.setdefault(stop.deadline_key, []).append(stop)
    for one in alarms.values():
        found.alarms.setdefault(one.deadline_key, []).append(one)
    return found


def _part(row: Any, table: Table, kind: type) -> Mapping[str, Any]:
    return {one.name: row._mapping[f"{table.name}_{one.name}"] for one in fields(kind)}
