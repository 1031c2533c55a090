"""The only place for the date and time functions (DMN 1.5 §10.3.4.1 and §10.3.4.8)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import civil
from engine.feel.errors import NullResultError
from engine.feel.library import Definitions, signature
from engine.feel.strings import whole
from engine.feel.temporal import (
    LOCAL,
    NANOS,
    UTC,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from engine.feel.temporal_text import (
    make_date,
    make_time,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.feel.values import is_whole
from engine.feel.zones import find_zone

if TYPE_CHECKING:
    from engine.feel.values import FeelFunction

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _wrong(kind_zh: str, kind_en: str) -> NullResultError:
    return NullResultError(f"不能转换为{kind_zh}。", f"Cannot be made a {kind_en}.")


def date_from(value: object) -> Date:
    """Return the date of a text, a date or a date and time."""
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, DateTime):
        return value.date
    if isinstance(value, Date):
        return value
    raise _wrong("日期", "date")


def _date(year: Decimal, month: Decimal, day: Decimal) -> Date:
    if not all(map(is_whole, (year, month, day))):
        raise _wrong("日期", "date")
    return make_date(whole(year, "year"), whole(month, "month"), whole(day, "day"))


def time_from(value: object) -> Time:
    """Return the time of a text, a time, a date and time, or of a date (midnight in UTC)."""
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, DateTime):
        return value.time
    if isinstance(value, Time):
        return value
    if isinstance(value, Date):
        return UTC
    raise _wrong("时间", "time")


def _time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Time:
    if not (is_whole(hour) and is_whole(minute)):
        raise _wrong("时间", "time")
    seconds = whole(second, "second")
    nanos = int((second - seconds) * NANOS)
    east = None if offset is None else _offset(offset)
    return make_time(Time(whole(hour, "hour"), whole(minute, "minute"), seconds, nanos, east))


def _offset(duration: DaysDuration) -> int:
    seconds, rest = divmod(duration.nanos, NANOS)
    if rest:
        raise _wrong("时区偏移", "time offset")
    return seconds


def date_time_from(value: object) -> DateTime:
    """Return the moment of a text, a date (midnight) or a date and time."""
    if isinstance(value, str):
        return parse_date_time(value)
    if isinstance(value, Date):
        return DateTime(value, LOCAL)
    if isinstance(value, DateTime):
        return value
    raise _wrong("日期时间", "date and time")


def _date_and_time(date: Date | DateTime, time: Time) -> DateTime:
    return DateTime(date.date if isinstance(date, DateTime) else date, time)


def _moment(*parts: Any) -> DateTime:
    """Make a moment of year, month, day, hour, minute, second and an offset or a zone's name."""
    year, month, day, hour, minute, second, *places = parts
    date, place = _date(year, month, day), places[0] if places else None
    if not isinstance(place, str):
        return DateTime(date, _time(hour, minute, second, place))
    if find_zone(place) is None:
        raise _wrong("日期时间", "date and time")
    return DateTime(date, replace(_time(hour, minute, second), zone=place))


def _months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    one, other = date_from(start), date_from(end)
    months = (other.year - one.year) * 12 + other.month - one.month
    if months > 0 and other.day < one.day:
        months -= 1
    elif months < 0 and other.day > one.day:
        months += 1
    return MonthsDuration(months)


def _duration(text: str) -> DaysDuration | MonthsDuration:
    return parse_duration(text)


def _day_of_year(value: Date | DateTime) -> Decimal:
    date = date_from(value)
    return Decimal(date.number - civil.day_number(date.year, 1, 1) + 1)


def _weekday(value: Date | DateTime) -> int:
    date = date_from(value)
    return civil.weekday(date.year, date.month, date.day)


def _week_of_year(value: Date | DateTime) -> Decimal:
    date = date_from(value)
    return Decimal(civil.iso_week(date.year, date.month, date.day))


_DATE_PARTS = "year: number, month: number, day: number"
_TIME_PARTS = "hour: number, minute: number, second: number"
_MOMENT_PARTS = f"{_DATE_PARTS}, {_TIME_PARTS}"
_OFFSET = "offset?: days and time duration or null"

DEFINITIONS: Definitions = {
    "duration": ("from: string", _duration),
    "years and months duration": ("from: date, to: date", _months_between),
    "day of year": ("date: date", _day_of_year),
    "day of week": ("date: date", lambda value: _DAYS[_weekday(value) - 1]),
    "month of year": ("date: date", lambda value: _MONTHS[date_from(value).month - 1]),
    "week of year": ("date: date", _week_of_year),
}


def functions() -> list[FeelFunction]:
    """Return the functions that take their arguments in several ways."""
    return [
        signature("date", "from: any", date_from).also(signature("date", _DATE_PARTS, _date)),
        signature("time", "from: any", time_from).also(
            signature("time", f"{_TIME_PARTS}, {_OFFSET}", _time)
        ),
        signature("date and time", "from: any", date_time_from).also(
            signature("date and time", "date: date, time: time", _date_and_time),
            signature("date and time", f"{_MOMENT_PARTS}, {_OFFSET}", _moment),
            signature("date and time", f"{_MOMENT_PARTS}, timezone: string", _moment),
        ),
    ]
