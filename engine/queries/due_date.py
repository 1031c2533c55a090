"""为什么是这一天: every day that a due date counted or left out, and who says so."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from engine.calendar import DayKind, Span, Verdict, calendar_of, read_due
from engine.commands.clock import reckoned
from engine.queries.views.clock import CalendarSource, ClockLine, ClockView, StopView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.calendar import CountedDay, DivisionCalendar
    from engine.commands.services import Services
    from engine.model.deadlines import DeadlineRow, StopRow
    from engine.model.work import WorkItem

_UNITS = ("working_days", "years", "months", "weeks", "days")
_JOINED = (Verdict.WEEKEND, Verdict.HOLIDAY, Verdict.STOPPED, Verdict.MOVED)


def clock_view(item: WorkItem, services: Services) -> ClockView | None:
    """Return why a work item is due when it is, ``None`` when it has no due date.

    The days are counted by the calendar that was used for the date, also after a newer one was
    published.
    """
    clock = services.store.deadlines.get(item.key)
    if clock is None:
        return None
    stops = services.store.deadlines.stops([item.key])[item.key]
    found = reckoned(clock, stops, _calendar(clock, services))
    amount, unit = _measure(clock)
    return ClockView(
        amount=amount,
        unit=unit,
        text=clock.due,
        since=clock.since,
        closes=clock.closes,
        due_at=item.due_at,
        stopped_at=item.clock_stopped_at,
        lines=_lines(found.days),
        sources=_sources(found.days),
        unpublished=found.unpublished,
        stops=_stops(stops, services),
    )


def _calendar(clock: DeadlineRow, services: Services) -> DivisionCalendar:
    calendar = calendar_of(clock.division)
    if calendar.key == clock.calendar_key:
        return calendar
    return services.store.calendars.calendar(until=clock.calendar_key).of(clock.division)


def _measure(clock: DeadlineRow) -> tuple[int, str]:
    due = read_due(clock.due)
    if not isinstance(due, Span):
        return 0, "fixed"
    parts = [(getattr(due, unit), unit) for unit in _UNITS if getattr(due, unit)]
    if not due.timed and len(parts) == 1:
        return parts[0]
    hours, rest = divmod(int(due.clock.total_seconds()), 3600)
    return (hours, "hours") if due.timed and not parts and not rest else (0, "span")


def _lines(days: Sequence[CountedDay]) -> list[ClockLine]:
    lines = []
    for (verdict, name, _stop, number), run in groupby(days, key=_alike):
        group = list(run)
        stop, day = group[0].stop, group[0].day
        lines.append(
            ClockLine(
                first=day.date,
                last=group[-1].day.date,
                verdict=verdict,
                number=number,
                name=name,
                make_up=day.kind is DayKind.MAKE_UP and verdict is not Verdict.STOPPED,
                ground=stop.ground if stop else "",
                document=stop.document if stop else "",
            )
        )
    return lines


def _alike(line: CountedDay) -> tuple[Verdict, str, object, int]:
    """Days that are left out for the same reason make one line; others have one each."""
    name = line.day.name if line.verdict is not Verdict.STOPPED else ""
    alone = 0 if line.verdict in _JOINED else line.day.date.toordinal()
    return line.verdict, name, (line.stop, alone), line.number


def _sources(days: Iterable[CountedDay]) -> list[CalendarSource]:
    years = dict.fromkeys(
        (
            line.day.basis.division,
            line.day.basis.year,
            line.day.basis.version,
            line.day.basis.source,
        )
        for line in days
        if line.day.basis is not None
    )
    return [
        CalendarSource(division=division, year=year, version=version, source=source)
        for division, year, version, source in sorted(years)
    ]


def _stops(stops: Sequence[StopRow], services: Services) -> list[StopView]:
    logins = [login for stop in stops for login in (stop.stopped_by, stop.resumed_by) if login]
    people = services.store.identity.people(logins) if logins else {}

    def name(login: str) -> str:
        return people.get(login, (login, "", True))[0]

    return [
        StopView(
            since=stop.since,
            until=stop.until,
            ground=stop.ground,
            document=stop.document,
            reason=stop.reason,
            stopped_by=name(stop.stopped_by),
            resumed_by=name(stop.resumed_by),
            resume_document=stop.resume_document,
        )
        for stop in stops
    ]
