"""Clocks that stand still and run again: of one work item, or of a whole matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.calendar import NATION, calendar_of
from engine.commands.clock import moved_alarms, reckoned
from engine.model.deadlines import StopRow
from engine.model.keys import new_key
from engine.model.states import TimerState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.commands.services import Services
    from engine.model.deadlines import DeadlineRow
    from engine.model.work import WorkItem
    from engine.store.waiting import TimerRow

#: The ground of clocks that stand still because their matter is suspended (挂起).
SUSPENDED: Final = "挂起"


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
    store = services.store
    live = {item.key: item for item in items if item.is_live}
    timers = {row.key: row for row in store.waiting.timers(root_key)}
    stops = store.deadlines.stops([*live, *timers])
    ended = [
        stop
        for rows in stops.values()
        for stop in rows
        if stop.until is None and stop.ground == SUSPENDED
    ]
    _end(ended, (document, reason), services)
    clocks = {row.key: row for row in store.deadlines.of_matter(root_key)}
    keys = [stop.deadline_key for stop in ended]
    restart(
        [(live[key], clocks[key], stops[key]) for key in keys if key in live],
        services,
    )
    store.waiting.move_timers(
        [
            _running(timers[key], clocks.get(key), stops[key], services)
            for key in keys
            if key in timers
        ]
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
    stops = services.store.deadlines.stops([item.key])[item.key]
    _end([stop for stop in stops if stop.until is None], (document, reason), services)
    return restart([(item, clock, stops)], services)[0]


def restart(
    stopped: Sequence[tuple[WorkItem, DeadlineRow, Sequence[StopRow]]], services: Services
) -> list[datetime | None]:
    """Count clocks anew whose last stop ends now; returns when they are due."""
    store = services.store
    keys = [clock.key for _item, clock, _stops in stopped]
    alarms = store.deadlines.alarms(keys)
    found, moved = [], []
    for item, clock, stops in stopped:
        calendar = calendar_of(clock.division)
        due_at = reckoned(clock, _ended(stops, services.now), calendar).due_at
        found.append((item, due_at))
        if due_at is not None:
            moved += moved_alarms(alarms[clock.key], due_at, calendar, services.now)
    store.deadlines.move_alarms(moved)
    store.deadlines.schedule(found, None)
    newest = calendar_of(NATION).key
    older = [clock.key for _item, clock, _stops in stopped if clock.calendar_key != newest]
    if older:
        store.deadlines.recounted(older, newest)
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
