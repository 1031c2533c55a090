"""Publish a year of the statutory calendar, or a region's additions to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar import NATION, CalendarYear, Festival, contradictions, special_days
from engine.errors import (
    FieldError,
    NotAllowedError,
    StaleRevisionError,
    ValidationFailedError,
    field_error,
)
from engine.model.keys import new_key
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from engine.commands.services import Services

#: Years that may be entered.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
#: Characters of a document number and of a holiday's name.
MAX_SOURCE: Final = 120
MAX_NAME: Final = 30
_DIVISION: Final = re.compile(r"(?:\d{2}){1,3}|", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PublishCalendar:
    """发布工作日历: a new version that never changes; open deadlines are counted anew.

    Attributes:
        year: 2000 to 2100.
        division: empty for the whole country, or a prefix of 2, 4 or 6 digits.
        source: number of the document that says so, 1 to 120 characters.
        off: every date of the year on which people do not work, weekends included.
        festivals: the lines of the document; they name the days.
        replaces: the version that was seen when this one was made, 0 when there was none.

    Raises:
        NotAllowedError: not an administrator.
        ValidationFailedError: something is missing, contradicts itself or changes nothing.
        StaleRevisionError: somebody published meanwhile.
    """

    year: int
    division: str = NATION
    source: str = ""
    off: frozenset[datetime.date] = frozenset()
    festivals: Sequence[Festival] = ()
    replaces: int = 0

    def execute(self, services: Services) -> CalendarYear:
        """Check, keep, and let the worker follow."""
        year = self.checked(services)
        if not services.store.calendars.publish(year, services.now, services.actor.login):
            raise _published_meanwhile(year.year, year.version)
        services.store.calendars.begin_sweep(year.key, services.now)
        services.makes_work = services.publishes_calendar = True
        services.note(
            "calendar_published",
            detail={
                "year": str(year.year),
                "division": year.division,
                "version": str(year.version),
                "document": year.source,
            },
        )
        return year

    def checked(self, services: Services) -> CalendarYear:
        """Return what would be published; raises like ``execute``."""
        if not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError
        errors = list(self._errors())
        if errors:
            raise ValidationFailedError(errors)
        calendars = services.store.calendars
        newest = calendars.calendar()
        known = newest.year(self.division, self.year)
        version = known.version if known else 0
        if version != self.replaces:
            raise _published_meanwhile(self.year, version)
        base = newest.of(NATION) if self.division != NATION else None
        days = special_days(self.year, self.off, self.festivals, base)
        if (known and known.days == days) or not (known or days):
            raise field_error(
                "",
                "ERR_UNCHANGED",
                "与现行日历完全相同，无需发布。",
                "It is the same as the present calendar; there is nothing to publish.",
            )
        return CalendarYear(
            key=new_key(),
            division=self.division,
            year=self.year,
            version=version + 1,
            source=self.source.strip(),
            days=days,
        )

    def _errors(self) -> Iterator[FieldError]:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            yield _error(
                "year",
                f"年份应为 {FIRST_YEAR} 至 {LAST_YEAR}。",
                f"The year must be {FIRST_YEAR} to {LAST_YEAR}.",
            )
        if not _DIVISION.fullmatch(self.division):
            yield _error(
                "division",
                "区划代码应为 2、4 或 6 位数字；全国日历请留空。",
                "A division has 2, 4 or 6 digits; leave it empty for the whole country.",
            )
        if not 0 < len(self.source.strip()) <= MAX_SOURCE:
            yield _error(
                "source",
                f"请填写依据的文号，例如 国办发明电〔2025〕7号，不超过 {MAX_SOURCE} 字。",
                f"Write the number of the document, at most {MAX_SOURCE} characters.",
            )
        for number, festival in enumerate(self.festivals):
            yield from self._festival_errors(f"festivals.{number}", festival)
        yield from self._contradictions()

    def _festival_errors(self, field: str, festival: Festival) -> Iterator[FieldError]:
        if not 0 < len(festival.name.strip()) <= MAX_NAME:
            yield _error(
                f"{field}.name",
                f"请填写节日名称，不超过 {MAX_NAME} 字。",
                f"Write the holiday's name, at most {MAX_NAME} characters.",
            )
        dates = (festival.first, festival.last, *festival.worked)
        if festival.last < festival.first or any(date.year != self.year for date in dates):
            yield _error(
                f"{field}.first",
                f"“{festival.name}”的日期应在 {self.year} 年内，且结束不早于开始；"
                "跨年的假期请分别写在两年的日历中。",
                f"The dates of “{festival.name}” must be in {self.year}, the last not before the"
                " first; write a holiday over New Year into both years.",
            )

    def _contradictions(self) -> Iterator[FieldError]:
        usable = [line for line in self.festivals if not any(self._festival_errors("", line))]
        for festival, date, off in contradictions(self.off, usable):
            says = ("放假", "班") if off else ("上班", "休")
            means = ("off", "worked") if off else ("worked", "off")
            yield _error(
                f"off.{date}",
                f"{date:%m-%d} 在“{festival.name}”中写明{says[0]}，表中却为“{says[1]}”，"
                "请改为一致。",
                f"{date:%m-%d} is {means[0]} in the line “{festival.name}” but {means[1]} in the"
                " grid; make them agree.",
            )


def _published_meanwhile(year: int, version: int) -> StaleRevisionError:
    return StaleRevisionError(
        f"{year} 年日历已由他人发布第 {version} 版，请重新打开页面核对后再发布。",
        f"Somebody has published version {version} of {year}; open the page again.",
    )


def _error(field: str, message_zh: str, message_en: str) -> FieldError:
    return FieldError(
        field=field, code="ERR_CALENDAR", message_zh=message_zh, message_en=message_en
    )
