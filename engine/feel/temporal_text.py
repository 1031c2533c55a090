"""The only place that reads dates, times and durations from text (XML Schema 1.1, DMN 1.5)."""

from __future__ import annotations

import re

from engine.feel import civil
from engine.feel.errors import NullResultError
from engine.feel.limits import MAX_YEAR
from engine.feel.temporal import (
    DAY_NANOS,
    LOCAL,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
)
from engine.feel.zones import find_zone

#: The largest offset from UTC, in seconds (18 hours, as in java.time).
MAX_OFFSET = 18 * 3_600

_DATE = r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_TIME = (
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+\-/]+))?"
)
_DATE_PATTERN = re.compile(_DATE)
_TIME_PATTERN = re.compile(_TIME)
_DURATION_PATTERN = re.compile(
    r"(-)?P(?:([0-9]{1,18})D)?"
    r"(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]*))?S)?)?"
)
_MONTHS_PATTERN = re.compile(r"(-)?P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")


def _refuse(kind_zh: str, kind_en: str, text: str) -> NullResultError:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return NullResultError(
        f"“{shown}”不是有效的{kind_zh}。", f'"{shown}" is not a valid {kind_en}.'
    )


def make_date(year: int, month: int, day: int) -> Date:
    """Return the date.

    Raises:
        NullResultError: no such day, or the year is beyond ±999,999,999.
    """
    if abs(year) > MAX_YEAR or not 1 <= month <= 12:
        raise _refuse("日期", "date", f"{year:04d}-{month:02d}-{day:02d}")
    if not 1 <= day <= civil.days_in_month(year, month):
        raise _refuse("日期", "date", f"{year:04d}-{month:02d}-{day:02d}")
    return Date(year, month, day)


def make_time(like: Time) -> Time:
    """Return ``like`` when all its parts are in range.

    Raises:
        NullResultError: a part is out of range.
    """
    clock = 0 <= like.hour <= 23 and 0 <= like.minute <= 59 and 0 <= like.second <= 59
    if not clock or not 0 <= like.nanos < NANOS or abs(like.offset or 0) > MAX_OFFSET:
        raise _refuse("时间", "time", str(like))
    return like


def parse_date(text: str) -> Date:
    """Read ``2026-11-21``.

    Raises:
        NullResultError: it is something else.
    """
    match = _DATE_PATTERN.fullmatch(text)
    if match is None:
        raise _refuse("日期", "date", text)
    year, month, day = (int(part) for part in match.groups())
    return make_date(year, month, day)


def parse_time(text: str) -> Time:
    """Read ``10:30:00``, with ``Z``, ``+08:00`` or ``@Asia/Shanghai`` after it or not.

    ``24:00:00`` is midnight, as XML Schema says.

    Raises:
        NullResultError: it is something else.
    """
    match = _TIME_PATTERN.fullmatch(text)
    if match is None:
        raise _refuse("时间", "time", text)
    _, minute, second, fraction, utc, sign, east, east_minutes, east_seconds, zone = match.groups()
    if east_minutes and (int(east_minutes) > 59 or int(east_seconds or 0) > 59):
        raise _refuse("时间", "time", text)
    if zone and find_zone(zone) is None:
        raise _refuse("时区", "time zone", text)
    offset = 0 if utc else None
    if sign:
        offset = int(east) * 3_600 + int(east_minutes) * 60 + int(east_seconds or 0)
        offset = -offset if sign == "-" else offset
    return make_time(
        Time(_hour(match), int(minute), int(second), _nanos(fraction), offset, zone or "")
    )


def _hour(match: re.Match[str]) -> int:
    is_midnight = match.group(0).startswith("24:00:00") and not _nanos(match.group(4))
    return 0 if is_midnight else int(match.group(1))


def parse_date_time(text: str) -> DateTime:
    """Read a date, ``T`` and a time; a bare date is its midnight, 24:00:00 the next one.

    Raises:
        NullResultError: it is something else.
    """
    day, separator, clock = text.partition("T")
    date = parse_date(day)
    if not separator:
        return DateTime(date, LOCAL)
    time = parse_time(clock)
    if clock.startswith("24"):
        following = Date.from_number(date.number + 1)
        return DateTime(make_date(following.year, following.month, following.day), time)
    return DateTime(date, time)


def parse_duration(text: str) -> DaysDuration | MonthsDuration:
    """Read ``P1DT2H`` or ``P1Y2M``.

    Raises:
        NullResultError: it is something else, or mixes both kinds.
    """
    match = _MONTHS_PATTERN.fullmatch(text)
    if match is not None and text[-1] != "P":
        sign, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return MonthsDuration(-total if sign else total)
    match = _DURATION_PATTERN.fullmatch(text)
    if match is None or text[-1] in "PT":
        raise _refuse("时长", "duration", text)
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3_600 + int(minutes or 0) * 60 + int(seconds or 0)
    nanos = int(days or 0) * DAY_NANOS + whole * NANOS + _nanos(fraction)
    return DaysDuration(-nanos if sign else nanos)


def parse_temporal(text: str) -> Temporal:
    """Read whichever of the kinds ``text`` is (the ``@"…"`` literal).

    Raises:
        NullResultError: it is none of them.
    """
    if "P" in text[:2]:
        return parse_duration(text)
    if _DATE_PATTERN.fullmatch(text):
        return parse_date(text)
    if "T" in text[:20]:
        return parse_date_time(text)
    return parse_time(text)


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))
