"""Counting a period to its last moment, with every day that was counted or left out.

中华人民共和国民法典: art. 201 (the day on which a period begins does not count; hours run at once),
art. 202 (months end on the corresponding day), art. 203 (a last day off moves to the next working
day; the period ends when business closes). 行政许可法 art. 45: time for hearings, expert opinions
and the like is not part of the period, so a stopped clock's days are left out.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.calendar.days import DayKind
from engine.calendar.spans import SpanKind, add_calendar
from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.calendar.days import Day, DivisionCalendar
    from engine.calendar.spans import Span

#: When offices close unless the model says otherwise.
CLOSING: Final = datetime.time(18, 0)
#: When offices open; reminders that are counted in days come then.
OPENING: Final = datetime.time(9, 0)
#: Days looked at for one period, so that a stop of years or a calendar without work ends.
_MOST_DAYS: Final = 8_000
_ONE: Final = datetime.timedelta(days=1)


class Verdict(StrEnum):
    """What a day was for a period."""

    #: the period begins on it; art. 201
    ARRIVAL = "arrival"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    #: the clock was stopped
    STOPPED = "stopped"
    #: the last day was off, so the period goes on; art. 203
    MOVED = "moved"
    #: the working day to which the last day moved
    ENDS = "ends"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A time in which the clock did not run.

    Attributes:
        since: UTC.
        until: UTC, ``None`` while it is stopped.
        ground: why, e.g. 补正.
        document: number of the document that says so.
    """

    since: datetime.datetime
    until: datetime.datetime | None
    ground: str = ""
    document: str = ""

    def covers(self, date: datetime.date) -> bool:
        """Tell whether ``date`` does not count: from the day it stopped until the day it runs."""
        if date < _office_date(self.since):
            return False
        return self.until is None or date < _office_date(self.until)


@dataclass(frozen=True)
class CountedDay:
    """One line of the reckoning.

    Attributes:
        day: the date with its kind and the calendar that says so.
        verdict: counted or why not.
        number: 1 for the first day that counts, 0 for the others.
        stop: of a day left out because the clock was stopped.
    """

    day: Day
    verdict: Verdict
    number: int = 0
    stop: Stop | None = None


@dataclass(frozen=True, kw_only=True)
class Period:
    """What is counted.

    Attributes:
        span: how long.
        since: when it begins, UTC.
        counts_first_day: the day on which it begins counts, too (the model says so).
        closes: time of day at which the last day ends.
        stops: times that do not count, oldest first.
    """

    span: Span
    since: datetime.datetime
    counts_first_day: bool = False
    closes: datetime.time = CLOSING
    stops: Sequence[Stop] = ()


@dataclass(frozen=True)
class Reckoning:
    """What came out.

    Attributes:
        due_at: the last moment, UTC; ``None`` while the clock is stopped.
        days: every day looked at, in order; empty for a span with a time part.
        unpublished: years that were counted Monday to Friday because nothing is published.
    """

    due_at: datetime.datetime | None
    days: Sequence[CountedDay] = field(default_factory=tuple)
    unpublished: tuple[int, ...] = ()


def reckon(period: Period, calendar: DivisionCalendar) -> Reckoning:
    """Count ``period`` by ``calendar``.

    Raises:
        ValueError: it does not end within two decades.
    """
    if period.span.kind is SpanKind.CLOCK:
        return Reckoning(_by_the_clock(period))
    walk = _Walk(period, calendar)
    if period.span.kind is SpanKind.WORKING_DAYS:
        last = walk.working_days()
    else:
        last = walk.calendar_days()
    unpublished = {
        line.day.date.year for line in walk.lines if not calendar.is_published(line.day.date.year)
    }
    due = None if last is None else office_moment(last, period.closes)
    return Reckoning(due, tuple(walk.lines), tuple(sorted(unpublished)))


def office_moment(date: datetime.date, at: datetime.time) -> datetime.datetime:
    """Return the moment of an office's date and time, UTC."""
    return datetime.datetime.combine(date, at, OFFICE_ZONE).astimezone(datetime.UTC)


def _office_date(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(OFFICE_ZONE).date()


class _Walk:
    """Goes from day to day and notes what each one was."""

    def __init__(self, period: Period, calendar: DivisionCalendar) -> None:
        self._period = period
        self._calendar = calendar
        self.lines: list[CountedDay] = []
        self._number = 0
        begins = period.since.astimezone(OFFICE_ZONE)
        self._date = begins.date()
        #: after closing time nothing of the day is left that could count
        self._first_counts = period.counts_first_day and begins.time() < period.closes

    def working_days(self) -> datetime.date | None:
        self._begin()
        while self._number < self._period.span.working_days:
            stop = self._step()
            if stop is not None and stop.until is None:
                return None
            if stop is None:
                self._count_if_worked()
        return self._date

    def calendar_days(self) -> datetime.date | None:
        """Every day counts; days of a stopped clock are added at the end (art. 202, 203)."""
        last = add_calendar(self._date, self._period.span)
        self._begin()
        last -= _ONE * self._number
        while self._date < last:
            stop = self._step()
            if stop is None:
                self._count()
            elif stop.until is None:
                return None
            else:
                last += _ONE
        return self._to_a_working_day()

    def _begin(self) -> None:
        """Look at the day on which the period begins."""
        stop = self._stop_at(self._date)
        if stop is not None:
            self._note(Verdict.STOPPED, stop=stop)
        elif not self._first_counts:
            self._note(Verdict.ARRIVAL)
        elif self._period.span.kind is SpanKind.CALENDAR:
            self._count()
        else:
            self._count_if_worked()

    def _step(self) -> Stop | None:
        """Go to the next day; return the stop that leaves it out."""
        if len(self.lines) > _MOST_DAYS:
            message = "the period does not end"
            raise ValueError(message)
        self._date += _ONE
        stop = self._stop_at(self._date)
        if stop is not None:
            self._note(Verdict.STOPPED, stop=stop)
        return stop

    def _to_a_working_day(self) -> datetime.date | None:
        while not self._calendar.works(self._date) or self._stop_at(self._date):
            stop = self._step()
            if stop is None:
                works = self._calendar.works(self._date)
                self._note(Verdict.ENDS if works else Verdict.MOVED)
            elif stop.until is None:
                return None
        return self._date

    def _count_if_worked(self) -> None:
        kind = self._calendar.day(self._date).kind
        if kind.works:
            self._count()
        else:
            self._note(Verdict.HOLIDAY if kind is DayKind.HOLIDAY else Verdict.WEEKEND)

    def _count(self) -> None:
        self._number += 1
        self._note(Verdict.COUNTED, number=self._number)

    def _note(self, verdict: Verdict, *, number: int = 0, stop: Stop | None = None) -> None:
        self.lines.append(CountedDay(self._calendar.day(self._date), verdict, number, stop))

    def _stop_at(self, date: datetime.date) -> Stop | None:
        return next((stop for stop in self._period.stops if stop.covers(date)), None)


def _by_the_clock(period: Period) -> datetime.datetime | None:
    begins = period.since.astimezone(OFFICE_ZONE)
    moved = datetime.datetime.combine(
        add_calendar(begins.date(), period.span), begins.timetz()
    ).astimezone(datetime.UTC)
    due = moved + period.span.clock
    for stop in period.stops:
        if stop.since >= due:
            break
        if stop.until is None:
            return None
        due += stop.until - max(stop.since, period.since)
    return due
