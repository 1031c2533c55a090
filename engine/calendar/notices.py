"""A year as an administrator enters it: the lines of a notice, and the days that are off."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar.days import SpecialDay

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from engine.calendar.days import CalendarYear, DivisionCalendar

_ONE: Final = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Festival:
    """One line of a notice: 国庆节 10 月 1 日至 7 日放假，9 月 20 日、10 月 10 日上班.

    Attributes:
        name: e.g. 国庆节.
        first: first day off.
        last: last day off.
        worked: weekend days worked instead.
    """

    name: str
    first: datetime.date
    last: datetime.date
    worked: tuple[datetime.date, ...] = ()

    @property
    def off(self) -> Iterator[datetime.date]:
        """The days off, in order."""
        date = self.first
        while date <= self.last:
            yield date
            date += _ONE


def days_of(year: int) -> Iterator[datetime.date]:
    """Yield every date of a year."""
    date = datetime.date(year, 1, 1)
    while date.year == year:
        yield date
        date += _ONE


def special_days(
    year: int,
    off: Collection[datetime.date],
    festivals: Sequence[Festival],
    base: DivisionCalendar | None,
) -> dict[datetime.date, SpecialDay]:
    """Return what differs from ``base``: Monday to Friday, for a region the country's calendar.

    Args:
        year: e.g. 2027.
        off: every date of the year on which people do not work, weekends included.
        festivals: name the days; a day that none of them names has no name.
        base: the country's calendar, ``None`` when the country's is entered.
    """
    names = {date: festival.name for festival in festivals for date in festival.off}
    names |= {date: festival.name for festival in festivals for date in festival.worked}
    special = {}
    for date in days_of(year):
        works = date not in off
        usual = base.works(date) if base else date.weekday() < 5
        if works != usual or (not works and date in names):
            special[date] = SpecialDay(works, names.get(date, ""))
    return special


def contradictions(
    off: Collection[datetime.date], festivals: Sequence[Festival]
) -> Iterator[tuple[Festival, datetime.date, bool]]:
    """Yield (line, date, whether the line says off) where a line and ``off`` disagree."""
    for festival in festivals:
        yield from ((festival, date, True) for date in festival.off if date not in off)
        yield from ((festival, date, False) for date in festival.worked if date in off)


def festivals_of(year: CalendarYear) -> list[Festival]:
    """Return the lines that a published year was entered with, runs of one name joined."""
    runs: list[list[datetime.date]] = []
    names: list[str] = []
    for date, day in sorted(year.days.items()):
        if day.works or not day.name:
            continue
        if runs and names[-1] == day.name and runs[-1][-1] + _ONE == date:
            runs[-1].append(date)
        else:
            runs.append([date])
            names.append(day.name)
    worked = _worked(year.days)
    lines = []
    for name, run in zip(names, runs, strict=True):
        lines.append(Festival(name, run[0], run[-1], tuple(worked.pop(name, ()))))
    return lines


def _worked(days: Mapping[datetime.date, SpecialDay]) -> dict[str, list[datetime.date]]:
    found: dict[str, list[datetime.date]] = {}
    for date, day in sorted(days.items()):
        if day.works and day.name:
            found.setdefault(day.name, []).append(date)
    return found
