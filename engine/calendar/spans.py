"""Lengths of time as models write them: ISO 8601 durations, and ``P5WD`` for working days."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.clock import OFFICE_ZONE

#: Longest span, days of any kind: longer ones are mistakes, and counting them costs.
MAX_DAYS: Final = 2_000

_WORKING: Final = re.compile(r"P(\d{1,4})WD", re.ASCII)
_ISO: Final = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?",
    re.ASCII,
)


class SpanKind(StrEnum):
    """How a span is counted."""

    WORKING_DAYS = "working_days"
    #: years, months, weeks and days of the calendar
    CALENDAR = "calendar"
    #: with a time part: to the second
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A length of time, at least one unit of something.

    Attributes:
        working_days: alone, or 0.
        years: calendar years.
        months: calendar months.
        weeks: weeks.
        days: calendar days.
        clock: hours, minutes and seconds.
        timed: a time part was written, so that the span is counted to the second.
    """

    working_days: int = 0
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    clock: datetime.timedelta = datetime.timedelta()
    timed: bool = False

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``P5WD``, ``P3D``, ``P1M``, ``PT4H`` and the like.

        Raises:
            ValueError: it is no span, empty, or longer than ``MAX_DAYS`` days.
        """
        span = cls._read(text.strip())
        if span is None or not 0 < span._longest() <= MAX_DAYS:
            message = f"{text!r} is no span"
            raise ValueError(message)
        return span

    @classmethod
    def _read(cls, text: str) -> Span | None:
        working = _WORKING.fullmatch(text)
        if working:
            return cls(working_days=int(working[1]))
        parts = _ISO.fullmatch(text)
        if parts is None or text.endswith("T"):
            return None
        years, months, weeks, days, hours, minutes = (int(part or 0) for part in parts.groups()[:6])
        return cls(
            years=years,
            months=months,
            weeks=weeks,
            days=days,
            clock=datetime.timedelta(hours=hours, minutes=minutes, seconds=float(parts[7] or 0)),
            timed="T" in text,
        )

    def _longest(self) -> float:
        days = self.working_days + self.years * 366 + self.months * 31 + self.weeks * 7 + self.days
        return days + self.clock / datetime.timedelta(days=1)

    @property
    def kind(self) -> SpanKind:
        """How it is counted."""
        if self.working_days:
            return SpanKind.WORKING_DAYS
        return SpanKind.CLOCK if self.timed else SpanKind.CALENDAR

    def __str__(self) -> str:
        """Return what ``parse`` reads."""
        if self.working_days:
            return f"P{self.working_days}WD"
        named = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        text = "P" + "".join(f"{number}{unit}" for number, unit in named if number)
        if not self.timed:
            return text
        minutes, seconds = divmod(self.clock.total_seconds(), 60)
        hours, minutes = divmod(int(minutes), 60)
        return f"{text}T{hours}H{minutes}M{seconds:g}S"


#: When something is due: after a span, at the end of a day, or at a moment.
Due = Span | datetime.datetime | datetime.date


def read_due(text: str) -> Due:
    """Read a due date: a span, an ISO 8601 date, or a date and time (office time by default).

    Raises:
        ValueError: it is none of these.
    """
    plain = re.sub(r"@.*|\[.*\]", "", text.strip())
    if plain.startswith("P"):
        return Span.parse(plain)
    if len(plain) == len("2026-06-10"):
        return datetime.date.fromisoformat(plain)
    moment = datetime.datetime.fromisoformat(plain)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)
    return aware.astimezone(datetime.UTC)


def add_calendar(date: datetime.date, span: Span) -> datetime.date:
    """Return the corresponding date; the 31st becomes the last day of a shorter month.

    民法典 art. 202: the corresponding day of the month in which the period ends, or that month's
    last day.
    """
    months = date.year * 12 + date.month - 1 + span.years * 12 + span.months
    year, month = divmod(months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    moved = datetime.date(year, month + 1, min(date.day, last))
    return moved + datetime.timedelta(weeks=span.weeks, days=span.days)
