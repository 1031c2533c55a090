"""The only place where Python's values become FEEL's and the other way round."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.feel.characters import is_simple
from engine.feel.errors import FeelError, FeelLimitError, LimitReachedError
from engine.feel.limits import MAX_DIGITS, ValueCounter
from engine.feel.temporal import (
    NANOS,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from engine.feel.values import ATOMS, NUMBERS, FeelFunction, Range, plain_number


def to_feel(value: object) -> object:
    """Return the FEEL value of a Python or JSON value; containers are copied.

    int and float become numbers (float by its shortest text), tuples lists, ``datetime`` objects
    dates and times (a naive one stays without a time zone), ``timedelta`` a duration.

    Raises:
        FeelError: there is no such FEEL value.
        FeelLimitError: it has too many parts.
    """
    if type(value) in ATOMS and type(value) is not Decimal:
        return value
    try:
        return _to_feel(value, ValueCounter())
    except (LimitReachedError, RecursionError):
        raise FeelLimitError("数据过大。", "The value is too large.") from None


def _to_feel(value: object, counter: ValueCounter) -> object:
    counter.count()
    kind = type(value)
    convert = _TO_FEEL.get(kind)
    if convert is not None:
        return convert(value)
    if kind in ATOMS or isinstance(value, (Range, FeelFunction)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _to_feel(part, counter) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return [_to_feel(part, counter) for part in value]
    return _subclass_to_feel(value)


def _subclass_to_feel(value: object) -> object:
    for base in (str, datetime.datetime, datetime.date, datetime.time, int, float, Decimal):
        if isinstance(value, base):
            return str(value) if base is str else _TO_FEEL[base](value)
    if isinstance(value, (set, frozenset)):
        return [to_feel(part) for part in sorted(value, key=repr)]
    name = type(value).__name__
    raise FeelError(f"不能使用 {name} 类型的数据。", f"A value of type {name} cannot be used.")


def _number(value: Any) -> Decimal:
    number = value if type(value) is Decimal else Decimal(str(value))
    if not number.is_finite():
        raise FeelError("数字无效。", "Not a finite number.")
    return NUMBERS.plus(number) if len(number.as_tuple().digits) > 34 else number


def _integer(value: int) -> Decimal:
    if abs(value) >= 10**MAX_DIGITS:
        raise FeelError("数字过大。", "The number is too large.")
    return _number(Decimal(value))


def _time(value: datetime.time, moment: datetime.datetime | None = None) -> Time:
    offset = moment.utcoffset() if moment else value.utcoffset()
    zone = getattr((moment or value).tzinfo, "key", "") or ""
    repeated = moment is not None and moment.fold
    seconds = None if offset is None or (zone and not repeated) else round(offset.total_seconds())
    return Time(value.hour, value.minute, value.second, value.microsecond * 1_000, seconds, zone)


def _moment(value: datetime.datetime) -> DateTime:
    return DateTime(Date(value.year, value.month, value.day), _time(value.time(), value))


def _duration(value: datetime.timedelta) -> DaysDuration:
    micros = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
    return DaysDuration(micros * 1_000)


_TO_FEEL: dict[type, Callable[[Any], object]] = {
    int: _integer,
    float: _number,
    Decimal: _number,
    datetime.datetime: _moment,
    datetime.date: lambda value: Date(value.year, value.month, value.day),
    datetime.time: _time,
    datetime.timedelta: _duration,
}


def from_feel(value: object) -> object:
    """Return plain Python: Decimal, str, bool, None, list, dict, ``datetime`` objects.

    What ``datetime`` cannot hold (years before 1 or after 9999, years and months durations),
    ranges and functions become their text; nanoseconds are cut to microseconds.

    Raises:
        FeelLimitError: the value has too many parts.
    """
    try:
        return _from_feel(value, ValueCounter())
    except (LimitReachedError, RecursionError):
        raise FeelLimitError("结果过大。", "The result is too large.") from None


def _from_feel(value: object, counter: ValueCounter) -> object:
    counter.count()
    if isinstance(value, list):
        return [_from_feel(part, counter) for part in value]
    if isinstance(value, dict):
        return {key: _from_feel(part, counter) for key, part in value.items()}
    convert = _FROM_FEEL.get(type(value))
    if convert is not None:
        return convert(value)
    return value if type(value) in ATOMS else feel_repr(value)


def _plain_date(value: Date) -> datetime.date | str:
    if not 1 <= value.year <= 9999:
        return str(value)
    return datetime.date(value.year, value.month, value.day)


def _plain_time(value: Time) -> datetime.time:
    fold = int(bool(value.zone) and value.offset is not None)
    clock = (value.hour, value.minute, value.second, value.nanos // 1_000)
    return datetime.time(*clock, tzinfo=_zone(value), fold=fold)


def _zone(value: Time) -> datetime.tzinfo | None:
    if value.zone:
        from engine.feel.zones import find_zone  # noqa: PLC0415, RUF100 (slow import)

        return find_zone(value.zone)
    if value.offset is None:
        return None
    return datetime.timezone(datetime.timedelta(seconds=value.offset))


def _plain_moment(value: DateTime) -> datetime.datetime | str:
    if not 1 <= value.date.year <= 9999:
        return str(value)
    date, time = value.date, _plain_time(value.time)
    return datetime.datetime.combine(datetime.date(date.year, date.month, date.day), time)


def _plain_duration(value: DaysDuration) -> datetime.timedelta | str:
    seconds, nanos = divmod(value.nanos, NANOS)
    try:
        return datetime.timedelta(seconds=seconds, microseconds=nanos // 1_000)
    except OverflowError:
        return str(value)


_FROM_FEEL: dict[type, Callable[[Any], object]] = {
    Date: _plain_date,
    Time: _plain_time,
    DateTime: _plain_moment,
    DaysDuration: _plain_duration,
    MonthsDuration: str,
}


def quote(text: str) -> str:
    """Return a string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def feel_repr(value: object) -> str:
    """Return the literal that evaluates to ``value``, in one canonical form.

    Raises:
        FeelLimitError: the value has too many parts.
    """
    try:
        return _repr(value, ValueCounter())
    except (LimitReachedError, RecursionError):
        raise FeelLimitError("结果过大。", "The result is too large.") from None


def _repr(value: object, counter: ValueCounter) -> str:
    counter.count(2)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, list):
        return "[" + ", ".join(_repr(part, counter) for part in value) + "]"
    if isinstance(value, dict):
        entries = (f"{_key(key)}: {_repr(part, counter)}" for key, part in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Range):
        return _range(value, counter)
    return _atom(value)


def _atom(value: object) -> str:
    if isinstance(value, FeelFunction):
        return f"function({', '.join(value.params)})"
    if isinstance(value, Decimal):
        return _number_literal(value)
    return atom_text(value) if type(value) in _PLAIN else f'@"{value}"'


def _number_literal(value: Decimal) -> str:
    """Return the digits; with an exponent when there would be too many zeros."""
    if abs(value.adjusted()) <= _PLAIN_DIGITS or not value:
        return plain_number(value)
    return str(value.normalize(NUMBERS)).lower()


_PLAIN = frozenset({type(None), bool})
#: Digits before or behind the point that are written out in a literal.
_PLAIN_DIGITS = 60


def atom_text(value: object) -> str:
    """Return what ``string()`` makes of a value without parts."""
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def _key(key: str) -> str:
    return key if is_simple(key) else quote(key)


def _range(value: Range, counter: ValueCounter) -> str:
    if value.operator:
        end = value.end if value.operator in {"<", "<="} else value.start
        return f"({value.operator} {_repr(end, counter)})"
    start, end = _repr(value.start, counter), _repr(value.end, counter)
    return (
        f"{'[' if value.start_included else '('}{start}..{end}{']' if value.end_included else ')'}"
    )


def feel_text(value: object) -> str:
    """Return what ``string(value)`` returns: strings as they are, everything else as literal."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, dict, Range, FeelFunction)):
        return feel_repr(value)
    return atom_text(value)
