"""A year of the working calendar: its days, where they come from, what a new version changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from engine.calendar import NATION, days_of, festivals_of, office_moment
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from engine.calendar import CalendarYear, Day, DivisionCalendar, Festival
    from engine.commands import PublishCalendar
    from engine.commands.services import Services
    from engine.store.calendars import Publication


@dataclass(frozen=True, kw_only=True)
class CalendarVersion:
    """A published version; ``published_by`` is a name, empty for what came with the product."""

    version: int
    source: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """A year as it holds in a division.

    Attributes:
        year: e.g. 2026.
        division: empty for the whole country.
        days: every date of the year in order.
        is_published: the country's calendar of this year is known.
        festivals: the lines of the newest version of exactly this division.
        versions: of exactly this division, newest first.
        years: that are published for the whole country, in order.
        divisions: prefixes that have additions of their own.
        may_publish: the reader is an administrator.
    """

    year: int
    division: str
    days: Sequence[Day]
    is_published: bool
    festivals: Sequence[Festival]
    versions: Sequence[CalendarVersion]
    years: Sequence[int]
    divisions: Sequence[str]
    may_publish: bool


@dataclass(frozen=True, kw_only=True)
class CalendarChange:
    """What a new version would change.

    Attributes:
        days: (day as it is, works then, name then) of every day that is worked otherwise.
        deadlines: open due dates that reach into the year; they are counted anew.
    """

    days: Sequence[tuple[Day, bool, str]]
    deadlines: int


@dataclass(frozen=True, kw_only=True)
class CalendarPage:
    """A year of the calendar; everybody may read it."""

    year: int
    division: str = NATION

    def answer(self, services: Services) -> CalendarView:
        """Read it."""
        person = services.person
        calendar = services.store.calendars.calendar()
        view = calendar.of(self.division)
        own = calendar.year(self.division, self.year)
        return CalendarView(
            year=self.year,
            division=self.division,
            days=[view.day(one) for one in days_of(self.year)],
            is_published=view.is_published(self.year),
            festivals=festivals_of(own) if own else (),
            versions=_versions(self.year, self.division, services),
            years=sorted(calendar.published),
            divisions=calendar.divisions,
            may_publish=person.has_role(ADMIN_ROLE),
        )


@dataclass(frozen=True, kw_only=True)
class CalendarPreview:
    """What publishing would change; refuses what publishing would refuse."""

    command: PublishCalendar

    def answer(self, services: Services) -> CalendarChange:
        """Compare."""
        new = self.command.checked(services)
        calendar = services.store.calendars.calendar()
        before = calendar.of(new.division)
        return CalendarChange(
            days=list(_changed(new, before)),
            deadlines=services.store.deadlines.open_in(
                office_moment(date(new.year, 1, 1), time()),
                office_moment(date(new.year, 12, 31), time(23, 59)),
            ),
        )


def _changed(new: CalendarYear, before: DivisionCalendar) -> Iterator[tuple[Day, bool, str]]:
    """Yield (day as it is, works then, name then) of every day that is worked otherwise."""
    base = before if new.division != NATION else None
    for one in days_of(new.year):
        day, special = before.day(one), new.days.get(one)
        if special is not None:
            works = special.works
        else:
            works = base.works(one) if base else one.weekday() < 5
        if works != day.works:
            yield day, works, special.name if special else ""


def _versions(year: int, division: str, services: Services) -> list[CalendarVersion]:
    found = services.store.calendars.versions(division, year)
    people = services.store.identity.people([one.published_by for one in found])
    return [_version(one, people.get(one.published_by, ("", "", True))[0]) for one in found]


def _version(one: Publication, name: str) -> CalendarVersion:
    return CalendarVersion(
        version=one.year.version,
        source=one.year.source,
        published_at=one.published_at,
        published_by=name,
    )
