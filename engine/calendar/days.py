"""What kind of day a date is: the statutory calendar in published versions, by division."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Division prefix of the calendar for the whole country.
NATION: Final = ""
#: Lengths of a division prefix (GB/T 2260: province, city, county), nearest first.
_PREFIXES: Final = (6, 4, 2)
_SATURDAY: Final = 5


class DayKind(StrEnum):
    """Why people work on a day, or do not."""

    WORKDAY = "workday"
    #: 调休上班: a weekend day on which people work
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def works(self) -> bool:
        """Whether people work."""
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True)
class SpecialDay:
    """A day that a notice names: off, or a weekend day worked instead.

    Attributes:
        works: whether people work.
        name: of the holiday, e.g. 春节; may be empty for a day worked.
    """

    works: bool
    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """One published version of a year's calendar; never changed afterwards.

    Attributes:
        key: 0 when nobody has published it in this installation (read from the library).
        division: ``NATION``, or a prefix of 2, 4 or 6 digits for a regional addition.
        year: e.g. 2026.
        version: 1-based within division and year.
        source: number of the document, e.g. 国办发明电〔2025〕7号.
        days: what differs from Monday to Friday (a regional one: from the country's).
    """

    key: int
    division: str
    year: int
    version: int
    source: str
    days: Mapping[datetime.date, SpecialDay] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """A date as the calendar sees it.

    Attributes:
        date: the date.
        kind: what kind of day it is.
        name: of the holiday that it is part of or worked for, may be empty.
        basis: the published year that says so, ``None`` when nothing is published for the year.
    """

    date: datetime.date
    kind: DayKind
    name: str = ""
    basis: CalendarYear | None = None

    @property
    def works(self) -> bool:
        """Whether people work."""
        return self.kind.works


class OfficeCalendar:
    """Every year that is published, newest versions only.

    Attributes:
        key: the newest publication's; what was computed with a smaller one may be out of date.
    """

    def __init__(self, years: Sequence[CalendarYear]) -> None:
        """Keep the newest version of each year and division."""
        self.key = max((year.key for year in years), default=0)
        self._years: dict[tuple[str, int], CalendarYear] = {}
        for year in sorted(years, key=lambda year: year.version):
            self._years[year.division, year.year] = year
        self._views: dict[str, DivisionCalendar] = {}

    def year(self, division: str, year: int) -> CalendarYear | None:
        """Return the newest version that was published for exactly this division."""
        return self._years.get((division, year))

    def of(self, division: str) -> DivisionCalendar:
        """Return the calendar as it holds in a division (GB/T 2260, six digits, or a prefix)."""
        view = self._views.get(division)
        if view is None:
            view = self._views[division] = DivisionCalendar(self, division)
        return view

    @cached_property
    def published(self) -> frozenset[int]:
        """The years for which the country's calendar is known."""
        return frozenset(year for division, year in self._years if division == NATION)

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """The prefixes that have additions of their own, in order."""
        return tuple(sorted({division for division, _year in self._years if division != NATION}))


class DivisionCalendar:
    """The calendar of one division: the nearest addition first, then the country, then Mon–Fri.

    Attributes:
        key: of the publication behind it, see ``OfficeCalendar``.
        division: as asked for.
    """

    def __init__(self, calendar: OfficeCalendar, division: str) -> None:
        """Look at ``calendar`` from ``division``."""
        self.key = calendar.key
        self.division = division
        self._calendar = calendar
        prefixes = [division[:length] for length in _PREFIXES if len(division) >= length]
        self._layers = (*prefixes, NATION)

    def day(self, date: datetime.date) -> Day:
        """Return what kind of day ``date`` is."""
        for layer in self._layers:
            year = self._calendar.year(layer, date.year)
            special = year.days.get(date) if year else None
            if special is not None:
                return Day(date, _kind(special, date), special.name, year)
        basis = self._calendar.year(NATION, date.year)
        kind = DayKind.WEEKEND if date.weekday() >= _SATURDAY else DayKind.WORKDAY
        return Day(date, kind, "", basis)

    def works(self, date: datetime.date) -> bool:
        """Tell whether people work on ``date``."""
        return self.day(date).works

    def is_published(self, year: int) -> bool:
        """Tell whether the country's calendar of ``year`` is known."""
        return year in self._calendar.published

    def shift(self, date: datetime.date, days: int) -> datetime.date:
        """Return the date ``days`` working days later (earlier when negative); 0 stays."""
        step = datetime.timedelta(days=1 if days > 0 else -1)
        left = abs(days)
        while left:
            date += step
            left -= self.works(date)
        return date

    def next_working(self, date: datetime.date) -> datetime.date:
        """Return ``date`` or the first working day after it."""
        return date if self.works(date) else self.shift(date, 1)


def _kind(special: SpecialDay, date: datetime.date) -> DayKind:
    if not special.works:
        return DayKind.HOLIDAY
    return DayKind.MAKE_UP if date.weekday() >= _SATURDAY else DayKind.WORKDAY
