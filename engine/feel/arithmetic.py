"""The only place for ``+ - * / **`` and the minus sign (DMN 1.5 §10.3.2.5, tables 50 to 55)."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine.feel import civil
from engine.feel.equality import kind_en, kind_zh
from engine.feel.errors import NullResultError
from engine.feel.limits import MAX_YEAR, check_string_size
from engine.feel.temporal import (
    DAY_NANOS,
    DAY_SECONDS,
    LOCAL,
    NANOS,
    UTC,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    clock_time,
    date_time_at,
)
from engine.feel.values import NUMBERS

#: Nanoseconds or months of the longest duration.
_LONGEST = 10**33

Operation = Callable[[Any, Any], object]


def calculate(operator: str, left: object, right: object) -> object:
    """Return ``left operator right``.

    Raises:
        NullResultError: the operator is not defined for these values.
    """
    operation = _OPERATIONS[operator].get((type(left), type(right)))
    if operation is None:
        raise NullResultError(
            f"{kind_zh(left)}与{kind_zh(right)}不能用 {operator} 运算。",
            f"{operator} is not defined for {kind_en(left)} and {kind_en(right)}.",
        )
    try:
        return _bounded(operation(left, right))
    except decimal.DecimalException:
        raise NullResultError("结果超出数字范围。", "The result is out of range.") from None


def _bounded(value: object) -> object:
    size = value.nanos if type(value) is DaysDuration else 0
    if type(value) is MonthsDuration:
        size = value.months
    if abs(size) > _LONGEST:
        raise NullResultError("时长超出范围。", "The duration is out of range.")
    return value


def negate(value: object) -> object:
    """Return ``-value``.

    Raises:
        NullResultError: it is neither a number nor a duration.
    """
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is DaysDuration:
        return DaysDuration(-value.nanos)
    if type(value) is MonthsDuration:
        return MonthsDuration(-value.months)
    raise NullResultError(
        f"{kind_zh(value)}不能取负。", f"The minus sign is not defined for {kind_en(value)}."
    )


def _join(left: str, right: str) -> str:
    check_string_size(len(left) + len(right))
    return left + right


def _power(left: Decimal, right: Decimal) -> Decimal:
    if not left and right < 0:
        raise NullResultError("零不能取负数次幂。", "Zero has no negative power.")
    if not right:
        return Decimal(1)
    return NUMBERS.power(left, right)


def _divided(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise NullResultError("除数为零。", "Division by zero.")
    return NUMBERS.divide(left, right)


def _checked_date(date: Date) -> Date:
    if abs(date.year) > MAX_YEAR:
        raise NullResultError("日期超出范围。", "The date is out of range.")
    return date


def shift_date(date: Date, days: int) -> Date:
    """Return the date ``days`` later.

    Raises:
        NullResultError: the year is beyond ±999,999,999.
    """
    if abs(days) > MAX_YEAR * 400:
        raise NullResultError("日期超出范围。", "The date is out of range.")
    return _checked_date(Date.from_number(date.number + days))


def shift_months(date: Date, months: int) -> Date:
    """Return the date ``months`` later, cut to the length of its month.

    Raises:
        NullResultError: the year is beyond ±999,999,999.
    """
    return _checked_date(Date(*civil.add_months(date.year, date.month, date.day, months)))


def _shift_moment(moment: DateTime, nanos: int) -> DateTime:
    seconds, rest = divmod(moment.nanos + nanos, NANOS)
    if abs(seconds) > MAX_YEAR * 400 * DAY_SECONDS:
        raise NullResultError("日期超出范围。", "The date is out of range.")
    moved = date_time_at(seconds, rest, moment.time)
    _checked_date(moved.date)
    return moved


def _moment_months(moment: DateTime, months: int) -> DateTime:
    time = replace(moment.time, offset=None) if moment.time.zone else moment.time
    return DateTime(shift_months(moment.date, months), time)


def _shift_time(time: Time, nanos: int) -> Time:
    total = (time.seconds * NANOS + time.nanos + nanos) % DAY_NANOS
    return clock_time(total // NANOS, total % NANOS, time)


def _time_difference(left: Time, right: Time) -> DaysDuration:
    if left.is_local != right.is_local:
        raise _mixed_zones()
    seconds = left.seconds - (left.offset_seconds or 0)
    seconds -= right.seconds - (right.offset_seconds or 0)
    return DaysDuration(seconds * NANOS + left.nanos - right.nanos)


def _moment_difference(left: DateTime, right: DateTime) -> DaysDuration:
    if left.time.is_local != right.time.is_local:
        raise _mixed_zones()
    return DaysDuration(left.nanos - right.nanos)


def _mixed_zones() -> NullResultError:
    return NullResultError(
        "有时区与无时区的时间不能相减。",
        "A time with a time zone and one without cannot be subtracted.",
    )


def midnight(date: Date, like: DateTime) -> DateTime:
    """Return the date's midnight: in UTC beside a moment with a zone, else local."""
    return DateTime(date, LOCAL if like.time.is_local else UTC)


def _times(duration: DaysDuration, factor: Decimal) -> DaysDuration:
    return DaysDuration(int(NUMBERS.multiply(Decimal(duration.nanos), factor)))


def _months_times(duration: MonthsDuration, factor: Decimal) -> MonthsDuration:
    return MonthsDuration(int(NUMBERS.multiply(Decimal(duration.months), factor)))


def _ratio(left: int, right: int) -> Decimal:
    return _divided(Decimal(left), Decimal(right))


_Kinds = dict[tuple[type, type], Operation]
_ADD: _Kinds = {
    (Decimal, Decimal): NUMBERS.add,
    (str, str): _join,
    (DaysDuration, DaysDuration): lambda a, b: DaysDuration(a.nanos + b.nanos),
    (MonthsDuration, MonthsDuration): lambda a, b: MonthsDuration(a.months + b.months),
    (Date, DaysDuration): lambda a, b: shift_date(a, b.nanos // DAY_NANOS),
    (Date, MonthsDuration): lambda a, b: shift_months(a, b.months),
    (DateTime, DaysDuration): lambda a, b: _shift_moment(a, b.nanos),
    (DateTime, MonthsDuration): lambda a, b: _moment_months(a, b.months),
    (Time, DaysDuration): lambda a, b: _shift_time(a, b.nanos),
}
_ADD |= {
    (DaysDuration, Date): lambda a, b: calculate("+", b, a),
    (MonthsDuration, Date): lambda a, b: calculate("+", b, a),
    (DaysDuration, DateTime): lambda a, b: calculate("+", b, a),
    (MonthsDuration, DateTime): lambda a, b: calculate("+", b, a),
    (DaysDuration, Time): lambda a, b: calculate("+", b, a),
}
_SUBTRACT: _Kinds = {
    (Decimal, Decimal): NUMBERS.subtract,
    (DaysDuration, DaysDuration): lambda a, b: DaysDuration(a.nanos - b.nanos),
    (MonthsDuration, MonthsDuration): lambda a, b: MonthsDuration(a.months - b.months),
    (Date, Date): lambda a, b: DaysDuration((a.number - b.number) * DAY_NANOS),
    (DateTime, DateTime): _moment_difference,
    (Date, DateTime): lambda a, b: _moment_difference(midnight(a, b), b),
    (DateTime, Date): lambda a, b: _moment_difference(a, midnight(b, a)),
    (Time, Time): _time_difference,
    (Date, DaysDuration): lambda a, b: shift_date(a, -b.nanos // DAY_NANOS),
    (Date, MonthsDuration): lambda a, b: shift_months(a, -b.months),
    (DateTime, DaysDuration): lambda a, b: _shift_moment(a, -b.nanos),
    (DateTime, MonthsDuration): lambda a, b: _moment_months(a, -b.months),
    (Time, DaysDuration): lambda a, b: _shift_time(a, -b.nanos),
}
_MULTIPLY: _Kinds = {
    (Decimal, Decimal): NUMBERS.multiply,
    (DaysDuration, Decimal): _times,
    (Decimal, DaysDuration): lambda a, b: _times(b, a),
    (MonthsDuration, Decimal): _months_times,
    (Decimal, MonthsDuration): lambda a, b: _months_times(b, a),
}
_DIVIDE: _Kinds = {
    (Decimal, Decimal): _divided,
    (DaysDuration, Decimal): lambda a, b: DaysDuration(int(_divided(Decimal(a.nanos), b))),
    (MonthsDuration, Decimal): lambda a, b: MonthsDuration(int(_divided(Decimal(a.months), b))),
    (DaysDuration, DaysDuration): lambda a, b: _ratio(a.nanos, b.nanos),
    (MonthsDuration, MonthsDuration): lambda a, b: _ratio(a.months, b.months),
}
_POWER: _Kinds = {(Decimal, Decimal): _power}
_OPERATIONS: dict[str, _Kinds] = {
    "+": _ADD,
    "-": _SUBTRACT,
    "*": _MULTIPLY,
    "/": _DIVIDE,
    "**": _POWER,
}
