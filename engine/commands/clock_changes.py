"""Clocks that stand still and run again: of one work item, or of a whole matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.calendar import calendar_of
from engine.commands.clock import moved_alarms, reckoned
from engine.model.deadlines import StopRow
from engine.model.keys import new_key
from engine.model.states import TimerState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.commands.services import Services
    from engine.model.deadlines import AlarmRow, DeadlineRow
    from engine.model.work import WorkItem
    from engine.store.waiting import TimerRow

#: The ground of clocks that stand still because their matter is suspended (挂起).
SUSPENDED: Final = "挂起"


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still.

    Attributes:
        item: the work item that waits.
        clock: what it counts.
        stops: when it stood still, oldest first.
        alarms: those that may still ring.
    """

    item: WorkItem
    clock: DeadlineRow
    stops: Sequence[StopRow]
    alarms: Sequence[AlarmRow]


def stop_clocks(
    root_key: int, items: Sequence[WorkItem], reason: str, services: Services, *, document: str = ""
) -> int:
    """Let every running clock of a matter stand still: due dates, reminders, timers.

    Clocks that stand still for a ground of their own are left as they are. The caller has locked
    the matter and writes the audit line.

    Args:
        root_key: the matter.
        items: its work items.
        reason: why it is suspended.
        services: of the command.
        document: number of the document that says so.

    Returns:
        How many clocks were stopped.
    """
    store = services.store
    clocks = {row.key for row in store.deadlines.of_matter(root_key)}
    running = [
        item for item in items if item.is_live and item.due_at is not None and item.key in clocks
    ]
    timers = [row for row in store.waiting.timers(root_key) if row.state is TimerState.WAITING]
    keys = [*(item.key for item in running), *(row.key for row in timers)]
    said = (SUSPENDED, document, reason)
    store.deadlines.stop([_stop(key, root_key, said, services) for key in keys])
    store.deadlines.schedule([(item, None) for item in running], services.now)
    store.deadlines.hold_alarms([item.key for item in running])
    store.waiting.move_timers([replace(row, state=TimerState.STOPPED) for row in timers])
    return len(keys)


def resume_clocks(
    root_key: int, items: Sequence[WorkItem], reason: str, services: Services, *, document: str = ""
) -> int:
    """Let the clocks that ``stop_clocks`` stopped run again, with what was left.

    Returns:
        How many run again.
    """
    live = {item.key: item for item in items if item.is_live}
    still = services.store.standstill(root_key)
    ended = [
        stop
        for key, rows in still.stops.items()
        for stop in rows
        if stop.until is None and stop.ground == SUSPENDED and (key in live or key in still.timers)
    ]
    if not ended:
        return 0
    _end(ended, (document, reason), services)
    keys = [stop.deadline_key for stop in ended]
    restart(
        [
            Stopped(live[key], still.clocks[key], still.stops[key], still.alarms.get(key, ()))
            for key in keys
            if key in live
        ],
        services,
    )
    timers = [still.timers[key] for key in keys if key in still.timers]
    services.store.waiting.move_timers(
        [_running(row, still.clocks.get(row.key), still.stops[row.key], services) for row in timers]
    )
    return len(ended)


def stop_one(item: WorkItem, ground: str, document: str, reason: str, services: Services) -> None:
    """Let the clock of one work item stand still."""
    store = services.store
    store.deadlines.stop([_stop(item.key, item.root_key, (ground, document, reason), services)])
    store.deadlines.schedule([(item, None)], services.now)
    store.deadlines.hold_alarms([item.key])


def resume_one(
    item: WorkItem, clock: DeadlineRow, document: str, reason: str, services: Services
) -> datetime | None:
    """Let the clock of one work item run again; returns when it is due now."""
    deadlines = services.store.deadlines
    stops = deadlines.stops([item.key])[item.key]
    _end([stop for stop in stops if stop.until is None], (document, reason), services)
    alarms = deadlines.alarms([item.key])[item.key]
    return restart([Stopped(item, clock, stops, alarms)], services)[0]


def restart(stopped: Sequence[Stopped], services: Services) -> list[datetime | None]:
    """Count clocks anew whose last stop ends now; returns when they are due.

    A calendar that was published meanwhile holds already; the worker that counts every clock anew
    finds nothing to change.
    """
    found, moved = [], []
    for one in stopped:
        calendar = calendar_of(one.clock.division)
        due_at = reckoned(one.clock, _ended(one.stops, services.now), calendar).due_at
        found.append((one.item, due_at))
        if due_at is not None:
            moved += moved_alarms(one.alarms, due_at, calendar, services.now)
    services.store.deadlines.move_alarms(moved)
    services.store.deadlines.schedule(found, None)
    services.makes_work = True
    return [due_at for _item, due_at in found]


def _running(
    row: TimerRow, clock: DeadlineRow | None, stops: Sequence[StopRow], services: Services
) -> TimerRow:
    """Count working days anew; any other timer goes on with the time that was left."""
    if clock is None:
        due_at = row.due_at + (services.now - stops[-1].since)
    else:
        calendar = calendar_of(clock.division)
        due_at = reckoned(clock, _ended(stops, services.now), calendar).due_at or row.due_at
    return replace(row, state=TimerState.WAITING, due_at=due_at)


def _end(stops: Sequence[StopRow], said: tuple[str, str], services: Services) -> None:
    document, reason = said
    services.store.deadlines.resume(
        [stop.key for stop in stops],
        until=services.now,
        resumed_by=services.actor.login,
        resume_document=document,
        resume_reason=reason,
    )


def _stop(key: int, root_key: int, said: tuple[str, str, str], services: Services) -> StopRow:
    ground, document, reason = said
    return StopRow(
        key=new_key(),
        deadline_key=key,
        root_key=root_key,
        since=services.now,
        ground=ground,
        document=document,
        reason=reason,
        stopped_by=services.actor.login,
    )


def _ended(stops: Sequence[StopRow], now: datetime) -> list[StopRow]:
    return [stop if stop.until is not None else replace(stop, until=now) for stop in stops]
