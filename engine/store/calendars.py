"""Published versions of the statutory calendar."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from engine.calendar import (
    NATION,
    CalendarYear,
    OfficeCalendar,
    SpecialDay,
    library_calendar,
    library_years,
)
from engine.model.keys import new_key
from engine.model.participants import SYSTEM
from engine.store.conflicts import insert_missing
from engine.store.due_work import sweep_is_due
from engine.store.tables import calendar_day, calendar_sweep, calendar_year

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

#: Seconds for which a process believes that it has the newest calendar; a second pass of the
#: sweep finds what was counted by an older one meanwhile.
_FRESH_FOR: Final = 5.0
_NEWEST: Final = select(func.max(calendar_year.c.key))


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Who published a version and when."""

    year: CalendarYear
    published_at: datetime.datetime
    published_by: str


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """How far the deadlines follow a publication; see ``engine.store.tables.calendar``."""

    year_key: int
    next_at: datetime.datetime
    last_pass: bool
    after_key: int


class Calendars:
    """The calendar inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def newest_key(self) -> int:
        """Return the key of the newest publication, 0 without any."""
        return self._session.execute(_NEWEST).scalar_one() or 0

    def calendar(self, until: int | None = None) -> OfficeCalendar:
        """Read every year, newest versions only.

        Args:
            until: as it was when this was the newest publication, ``None`` = as it is.
        """
        newest = (
            select(
                calendar_year.c.division,
                calendar_year.c.year,
                func.max(calendar_year.c.version).label("version"),
            )
            .where(*([calendar_year.c.key <= until] if until is not None else []))
            .group_by(calendar_year.c.division, calendar_year.c.year)
            .subquery()
        )
        statement = select(calendar_year).join(
            newest,
            (newest.c.division == calendar_year.c.division)
            & (newest.c.year == calendar_year.c.year)
            & (newest.c.version == calendar_year.c.version),
        )
        return OfficeCalendar(self._with_days(self._session.execute(statement).all()))

    def versions(self, division: str, year: int) -> list[Publication]:
        """Return every version of a year, newest first."""
        statement = (
            select(calendar_year)
            .where(calendar_year.c.division == division, calendar_year.c.year == year)
            .order_by(calendar_year.c.version.desc())
        )
        rows = self._session.execute(statement).all()
        return [
            Publication(year=year, published_at=row.published_at, published_by=row.published_by)
            for year, row in zip(self._with_days(rows), rows, strict=True)
        ]

    def publish(self, year: CalendarYear, at: datetime.datetime, by: str) -> bool:
        """Keep a new version for ever; ``False`` when somebody published it meanwhile."""
        if not insert_missing(self._session, calendar_year, _year_values(year, at, by)):
            return False
        if year.days:
            self._session.execute(insert(calendar_day), _day_values(year))
        return True

    def begin_sweep(self, year_key: int, at: datetime.datetime) -> None:
        """Let the worker count the open deadlines anew."""
        values = {"year_key": year_key, "next_at": at, "last_pass": False, "after_key": 0}
        self._session.execute(insert(calendar_sweep), [values])

    def due_sweep(self, now: datetime.datetime) -> Sweep | None:
        """Return the sweep that is due first, locked for this transaction on PostgreSQL."""
        statement = (
            select(calendar_sweep)
            .where(sweep_is_due(now))
            .order_by(calendar_sweep.c.next_at, calendar_sweep.c.year_key)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.execute(statement).one_or_none()
        return None if row is None else Sweep(**row._mapping)

    def move_sweep(self, year_key: int, **values: Any) -> None:
        """Remember how far it came."""
        self._session.execute(
            update(calendar_sweep).where(calendar_sweep.c.year_key == year_key).values(**values)
        )

    def end_sweep(self, year_key: int) -> None:
        """Every deadline follows the publication."""
        self._session.execute(delete(calendar_sweep).where(calendar_sweep.c.year_key == year_key))

    def _with_days(self, rows: Sequence[Any]) -> list[CalendarYear]:
        days: dict[int, dict[datetime.date, SpecialDay]] = {row.key: {} for row in rows}
        statement = (
            select(calendar_day)
            .where(calendar_day.c.year_key.in_(days))
            .order_by(calendar_day.c.day)
        )
        for row in self._session.execute(statement):
            days[row.year_key][row.day] = SpecialDay(row.works, row.name)
        return [
            CalendarYear(
                key=row.key,
                division=row.division,
                year=row.year,
                version=row.version,
                source=row.source,
                days=days[row.key],
            )
            for row in rows
        ]


class CalendarCache:
    """The newest calendar of an installation, shared by all threads of a process."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._calendar: OfficeCalendar | None = None
        self._looked_at = 0.0

    def get(self, calendars: Calendars) -> OfficeCalendar:
        """Return the calendar, read again when somebody has published since."""
        known, now = self._calendar, time.monotonic()
        if known is None or now - self._looked_at > _FRESH_FOR:
            if known is None or calendars.newest_key() != known.key:
                known = calendars.calendar()
            self._calendar, self._looked_at = known, now
        return known

    def known(self) -> OfficeCalendar:
        """Return what was read last, without a look; the library's before the first one."""
        return self._calendar or library_calendar()

    def forget(self) -> None:
        """Look again at the next occasion: this process has published."""
        self._calendar = None


def load_library(connection: Connection, at: datetime.datetime) -> int:
    """Publish the library's years that nobody has published yet; returns how many."""
    known = set(
        connection.execute(
            select(calendar_year.c.year).where(calendar_year.c.division == NATION)
        ).scalars()
    )
    missing = [year for year in library_years() if year.year not in known]
    keyed = [CalendarYear(**(vars(year) | {"key": new_key()})) for year in missing]
    if keyed:
        connection.execute(
            insert(calendar_year), [_year_values(year, at, SYSTEM.login) for year in keyed]
        )
        connection.execute(
            insert(calendar_day), [day for year in keyed for day in _day_values(year)]
        )
    return len(keyed)


def _year_values(year: CalendarYear, at: datetime.datetime, by: str) -> dict[str, Any]:
    return {
        "key": year.key,
        "division": year.division,
        "year": year.year,
        "version": year.version,
        "source": year.source,
        "published_at": at,
        "published_by": by,
    }


def _day_values(year: CalendarYear) -> list[dict[str, Any]]:
    return [
        {"year_key": year.key, "day": date, "works": day.works, "name": day.name}
        for date, day in sorted(year.days.items())
    ]
