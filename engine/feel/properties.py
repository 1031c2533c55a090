"""The only place for the members of values: contexts, dates, durations, ranges (table 63)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel import civil
from engine.feel.equality import kind_en, kind_zh
from engine.feel.errors import NullResultError
from engine.feel.temporal import (
    DAY_SECONDS,
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from engine.feel.values import Range

_Getter = Callable[[Any], object]


def property_of(value: object, name: str) -> object:
    """Return a member of a value.

    Raises:
        NullResultError: it has no such member.
    """
    if isinstance(value, dict):
        if name in value:
            found: object = value[name]
            return found
        raise NullResultError(f"没有名为“{name}”的成员。", f'There is no member "{name}".')
    getter = _PROPERTIES.get(type(value), {}).get(name)
    if getter is None:
        raise NullResultError(
            f"{kind_zh(value)}没有名为“{name}”的成员。", f'A {kind_en(value)} has no "{name}".'
        )
    return getter(value)


def _offset(value: Time | DateTime) -> DaysDuration | None:
    seconds = value.offset_seconds
    return None if seconds is None else DaysDuration(seconds * NANOS)


def _part(seconds: int, size: int) -> _Getter:
    """Return a getter of a duration's part: ``seconds`` long, ``size`` of them in the next one."""

    def get(value: DaysDuration) -> Decimal:
        whole = abs(value.nanos) // NANOS // seconds
        part = whole % size if size else whole
        return Decimal(-part if value.nanos < 0 and part else part)

    return get


def _months(value: MonthsDuration) -> Decimal:
    part = abs(value.months) % 12
    return Decimal(-part if value.months < 0 else part)


def _years(value: MonthsDuration) -> Decimal:
    part = abs(value.months) // 12
    return Decimal(-part if value.months < 0 else part)


def _number(getter: Callable[[Any], int]) -> _Getter:
    return lambda value: Decimal(getter(value))


_DATE: dict[str, _Getter] = {
    "year": _number(lambda date: date.year),
    "month": _number(lambda date: date.month),
    "day": _number(lambda date: date.day),
    "weekday": _number(lambda date: civil.weekday(date.year, date.month, date.day)),
}
_TIME: dict[str, _Getter] = {
    "hour": _number(lambda time: time.hour),
    "minute": _number(lambda time: time.minute),
    "second": _number(lambda time: time.second),
    "time offset": _offset,
    "timezone": lambda time: time.zone or None,
}


def _within(part: str, getters: dict[str, _Getter]) -> dict[str, _Getter]:
    def reach(getter: _Getter) -> _Getter:
        return lambda moment: getter(getattr(moment, part))

    return {name: reach(getter) for name, getter in getters.items()}


_PROPERTIES: dict[type, dict[str, _Getter]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {**_within("date", _DATE), **_within("time", _TIME), "time offset": _offset},
    DaysDuration: {
        "days": _part(DAY_SECONDS, 0),
        "hours": _part(3_600, 24),
        "minutes": _part(60, 60),
        "seconds": _part(1, 60),
    },
    MonthsDuration: {"years": _years, "months": _months},
    Range: {
        "start": lambda interval: interval.start,
        "end": lambda interval: interval.end,
        "start included": lambda interval: interval.start_included,
        "end included": lambda interval: interval.end_included,
    },
}
