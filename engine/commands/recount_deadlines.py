"""Count open deadlines anew after a calendar was published, a few at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from engine.clock import office_text
from engine.commands.audience import holders_of
from engine.commands.clock import is_counted_in_days, moved_alarms, reckoned
from engine.model.notices import NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.calendar import OfficeCalendar
    from engine.commands.services import Services
    from engine.model.deadlines import DeadlineRow, StopRow
    from engine.model.work import WorkItem
    from engine.store.calendars import Sweep
    from engine.store.waiting import TimerRow

#: Deadlines looked at in one transaction.
BATCH: Final = 100
#: After this time no command that still knew the older calendar is running: a last look.
_LAST_LOOK: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class RecountDeadlines:
    """One batch of one publication, one transaction; ``False`` when there is nothing to do.

    Every change of a due date leaves an audit line and a notice. It may be killed at any moment:
    how far it came is a row.
    """

    def execute(self, services: Services) -> bool:
        """Count."""
        calendars = services.store.calendars
        sweep = calendars.due_sweep(services.now)
        if sweep is None:
            return False
        calendar = calendars.calendar()
        clocks = services.store.deadlines.counted_before(calendar.key, sweep.after_key, BATCH)
        if clocks:
            _Recount(calendar, services).run(clocks)
            calendars.move_sweep(sweep.year_key, after_key=clocks[-1].key)
        else:
            _end_pass(sweep, services)
        return True


def _end_pass(sweep: Sweep, services: Services) -> None:
    calendars = services.store.calendars
    if sweep.last_pass:
        calendars.end_sweep(sweep.year_key)
        return
    calendars.move_sweep(
        sweep.year_key, after_key=0, last_pass=True, next_at=services.now + _LAST_LOOK
    )


class _Recount:
    """One batch."""

    def __init__(self, calendar: OfficeCalendar, services: Services) -> None:
        self._calendar = calendar
        self._services = services
        self._store = services.store

    def run(self, clocks: Sequence[DeadlineRow]) -> None:
        """Count what still runs; the others need no new date."""
        self._store.instances.lock(sorted({clock.root_key for clock in clocks}))
        keys = [clock.key for clock in clocks]
        items = self._store.deadlines.live_items(keys)
        timers = self._store.waiting.timers_by_key(keys)
        stops = self._store.deadlines.stops([*items, *timers])
        for clock in clocks:
            due_at = self._due(clock, stops.get(clock.key))
            if due_at is None:
                continue
            if clock.key in items:
                self._move_item(items[clock.key], clock, due_at)
            elif clock.key in timers:
                self._move_timer(timers[clock.key], due_at)
        self._store.deadlines.recounted(keys, self._calendar.key)

    def _due(self, clock: DeadlineRow, stops: Sequence[StopRow] | None) -> datetime | None:
        """Return the date by the new calendar; ``None`` for what it does not concern."""
        if stops is None or not is_counted_in_days(clock):
            return None
        try:
            return reckoned(clock, stops, self._calendar.of(clock.division)).due_at
        except ValueError:  # a calendar without work; the old date stays, and the trail says so
            self._services.note("deadline_not_recounted", root_key=clock.root_key)
            return None

    def _move_item(self, item: WorkItem, clock: DeadlineRow, due_at: datetime) -> None:
        before = item.due_at
        if before is None or before == due_at:
            return
        self._store.deadlines.schedule([(item, due_at)], None)
        alarms = self._store.deadlines.alarms([clock.key])[clock.key]
        view = self._calendar.of(clock.division)
        self._store.deadlines.move_alarms(moved_alarms(alarms, due_at, view, self._services.now))
        change = {"before": office_text(before), "due": office_text(due_at)}
        self._services.note(
            "deadline_recounted", root_key=item.root_key, element_name=item.name, detail=change
        )
        self._services.tell(
            NoticeEvent.DUE_MOVED,
            holders_of(item, self._services),
            root_key=item.root_key,
            work_item_key=item.key,
            step=item.name,
            **change,
        )

    def _move_timer(self, row: TimerRow, due_at: datetime) -> None:
        if row.due_at != due_at:
            self._store.waiting.move_timers([replace(row, due_at=due_at)])
            self._services.makes_work = True
