"""The only place for FEEL's dates, times and durations: exact, without limits on the year.

Python's own classes end at the year 9999 and at microseconds (DMN 1.5 §10.3.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.feel import civil
from engine.feel.zones import offset_at, zone_offset

NANOS = 1_000_000_000
DAY_SECONDS = 86_400
DAY_NANOS = DAY_SECONDS * NANOS


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date; the year is astronomical (0 is 1 BC)."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """The days since 1970-01-01."""
        return civil.day_number(self.year, self.month, self.day)

    @classmethod
    def from_number(cls, days: int) -> Date:
        """Return the date ``days`` after 1970-01-01."""
        return cls(*civil.from_day_number(days))

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, local, with an offset from UTC, or in a zone.

    Attributes:
        hour: 0 to 23.
        minute: 0 to 59.
        second: 0 to 59.
        nanos: 0 to 999,999,999.
        offset: seconds east of UTC; None when local. In a zone only set for the second pass of
            the hour that the clock repeats in autumn.
        zone: IANA name, or "".
    """

    hour: int
    minute: int
    second: int
    nanos: int = 0
    offset: int | None = None
    zone: str = ""

    @property
    def is_local(self) -> bool:
        """Whether neither offset nor zone is known."""
        return self.offset is None and not self.zone

    @property
    def seconds(self) -> int:
        """Whole seconds since midnight."""
        return self.hour * 3_600 + self.minute * 60 + self.second

    @property
    def offset_seconds(self) -> int | None:
        """Seconds east of UTC, None when local; a zone without a date is taken in winter."""
        if self.zone and self.offset is None:
            return zone_offset(self.zone, (2000, 1, 1, self.hour, self.minute, self.second))
        return self.offset

    def __str__(self) -> str:
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}{format_fraction(self.nanos)}"
        if self.zone:
            return f"{text}@{self.zone}"
        return text + format_offset(self.offset)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date with a time of day."""

    date: Date
    time: Time

    @property
    def offset_seconds(self) -> int | None:
        """Seconds east of UTC at this moment, None when local."""
        if not self.time.zone or self.time.offset is not None:
            return self.time.offset
        date, time = self.date, self.time
        return zone_offset(
            time.zone, (date.year, date.month, date.day, time.hour, time.minute, time.second)
        )

    @property
    def local_seconds(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00 on the local clock."""
        return self.date.number * DAY_SECONDS + self.time.seconds

    @property
    def seconds(self) -> int:
        """Whole seconds since 1970-01-01T00:00:00, in UTC unless local."""
        return self.local_seconds - (self.offset_seconds or 0)

    @property
    def nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00, in UTC unless local."""
        return self.seconds * NANOS + self.time.nanos

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """A days and time duration, in nanoseconds."""

    nanos: int

    def __str__(self) -> str:
        seconds, nanos = divmod(abs(self.nanos), NANOS)
        days, seconds = divmod(seconds, DAY_SECONDS)
        hours, seconds = divmod(seconds, 3_600)
        minutes, seconds = divmod(seconds, 60)
        clock = f"{hours}H" if hours else ""
        clock += f"{minutes}M" if minutes else ""
        clock += f"{seconds}{format_fraction(nanos)}S" if seconds or nanos else ""
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanos < 0 else ''}P{text or 'T0S'}"


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A years and months duration, in months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration


def format_fraction(nanos: int) -> str:
    """Return ``.5`` for 500,000,000 nanoseconds and nothing for 0."""
    return f".{nanos:09d}".rstrip("0") if nanos else ""


def format_offset(offset: int | None) -> str:
    """Return ``Z``, ``+08:00`` or ``-02:45:55`` for seconds east of UTC."""
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def date_time_at(seconds: int, nanos: int, like: Time) -> DateTime:
    """Return the moment ``seconds`` after 1970 (UTC, or local as ``like``), shown as ``like``."""
    if not like.zone:
        return _local(seconds + (like.offset or 0), nanos, like)
    offset = offset_at(like.zone, seconds)
    local = _local(seconds + offset, nanos, replace(like, offset=None))
    if local.offset_seconds == offset:
        return local
    return DateTime(local.date, replace(local.time, offset=offset))


def _local(seconds: int, nanos: int, like: Time) -> DateTime:
    days, rest = divmod(seconds, DAY_SECONDS)
    return DateTime(Date.from_number(days), clock_time(rest, nanos, like))


def clock_time(seconds: int, nanos: int, like: Time) -> Time:
    """Return the time of day ``seconds`` after midnight with the offset and zone of ``like``."""
    return Time(seconds // 3_600, seconds // 60 % 60, seconds % 60, nanos, like.offset, like.zone)


LOCAL = Time(0, 0, 0)
UTC = Time(0, 0, 0, 0, 0)
