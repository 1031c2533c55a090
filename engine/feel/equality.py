"""The only place that compares FEEL values (DMN 1.5 §10.3.2.3.8, tables 47 and 48)."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.errors import NullResultError
from engine.feel.limits import ValueCounter
from engine.feel.temporal import NANOS, Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.feel.values import FeelFunction, Range

if TYPE_CHECKING:
    from collections.abc import Callable

_ZH = {
    bool: "布尔值",
    Decimal: "数字",
    str: "文本",
    list: "列表",
    dict: "上下文",
    Date: "日期",
    Time: "时间",
    DateTime: "日期时间",
    DaysDuration: "天时分秒时长",
    MonthsDuration: "年月时长",
    Range: "区间",
    FeelFunction: "函数",
}
_EN = {
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    Range: "range",
    FeelFunction: "function",
}


def kind_zh(value: object) -> str:
    """Return the Chinese name of the value's type."""
    return "空值" if value is None else _ZH.get(type(value), type(value).__name__)


def kind_en(value: object) -> str:
    """Return the English name of the value's type."""
    return "null" if value is None else _EN.get(type(value), type(value).__name__)


def _incomparable(left: object, right: object) -> NullResultError:
    return NullResultError(
        f"{kind_zh(left)}与{kind_zh(right)}不能比较。",
        f"A {kind_en(left)} cannot be compared with a {kind_en(right)}.",
    )


def equal(left: object, right: object, counter: ValueCounter | None = None) -> bool:
    """Tell whether two values are equal.

    Raises:
        NullResultError: they are of different kinds.
    """
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        raise _incomparable(left, right)
    special = _EQUALITY.get(kind)
    if special is None:
        return bool(left == right)
    return special(left, right, counter or ValueCounter())


def is_same(left: object, right: object) -> bool:
    """Like ``equal``, but values of different kinds are simply not equal."""
    try:
        return equal(left, right)
    except NullResultError:
        return False


def _lists_equal(left: list[object], right: list[object], counter: ValueCounter) -> bool:
    counter.count(len(left) + 1)
    return len(left) == len(right) and all(
        _parts_equal(one, other, counter) for one, other in zip(left, right, strict=True)
    )


def _contexts_equal(
    left: dict[str, object], right: dict[str, object], counter: ValueCounter
) -> bool:
    counter.count(len(left) + 1)
    return left.keys() == right.keys() and all(
        _parts_equal(value, right[key], counter) for key, value in left.items()
    )


def _parts_equal(left: object, right: object, counter: ValueCounter) -> bool:
    try:
        return equal(left, right, counter)
    except NullResultError:
        return False


def _ranges_equal(left: Range, right: Range, counter: ValueCounter) -> bool:
    shape = (left.start_included, left.end_included, left.operator)
    return shape == (right.start_included, right.end_included, right.operator) and (
        _parts_equal(left.start, right.start, counter)
        and _parts_equal(left.end, right.end, counter)
    )


def _moments_equal(left: DateTime, right: DateTime, _: ValueCounter) -> bool:
    """Whole seconds count, as the properties of table 63 are whole seconds."""
    return left.time.is_local == right.time.is_local and left.seconds == right.seconds


def _times_equal(left: Time, right: Time, _: ValueCounter) -> bool:
    if left.is_local or right.is_local:
        return left.is_local == right.is_local and left.seconds == right.seconds
    return _utc_seconds(left) == _utc_seconds(right)


def _utc_seconds(time: Time) -> int:
    return time.seconds - (time.offset_seconds or 0)


_EQUALITY: dict[type, Callable[..., bool]] = {
    list: _lists_equal,
    dict: _contexts_equal,
    Range: _ranges_equal,
    DateTime: _moments_equal,
    Time: _times_equal,
}


def hash_key(value: object, counter: ValueCounter) -> Hashable:
    """Return a key that is the same exactly for values that ``is_same`` holds for."""
    counter.count()
    kind = type(value)
    if kind is list:
        return kind, tuple(hash_key(part, counter) for part in value)  # type: ignore[attr-defined]
    if isinstance(value, dict):
        parts = ((key, hash_key(part, counter)) for key, part in value.items())
        return kind, frozenset(parts)
    if isinstance(value, Range):
        ends = hash_key(value.start, counter), hash_key(value.end, counter)
        return kind, ends, value.start_included, value.end_included, value.operator
    if isinstance(value, Time):
        return kind, value.is_local, _utc_seconds(value)
    if isinstance(value, DateTime):
        return kind, value.time.is_local, value.seconds
    return kind, value if isinstance(value, Hashable) else id(value)


def _number_key(value: Decimal) -> Decimal:
    return value


def _time_key(value: Time) -> int:
    return _utc_seconds(value) * NANOS + value.nanos


_ORDER: dict[type, Callable[..., object]] = {
    Decimal: _number_key,
    str: lambda value: value,
    Date: lambda value: value.number,
    DateTime: lambda value: value.nanos,
    Time: _time_key,
    DaysDuration: lambda value: value.nanos,
    MonthsDuration: lambda value: value.months,
}
_LOCAL_OR_NOT: dict[type, Callable[..., bool]] = {
    Time: lambda value: value.is_local,
    DateTime: lambda value: value.time.is_local,
}


def compare(left: object, right: object) -> int:
    """Return -1, 0 or 1 for left <, =, > right.

    Raises:
        NullResultError: the values have no order: null, different kinds, or one with and the
            other without a time zone.
    """
    kind = type(left)
    key = _ORDER.get(kind)
    if key is None or kind is not type(right):
        raise _incomparable(left, right)
    local = _LOCAL_OR_NOT.get(kind)
    if local is not None and local(left) != local(right):
        raise NullResultError(
            "有时区与无时区的时间不能比较。",
            "A time with a time zone cannot be compared with one without.",
        )
    one, other = key(left), key(right)
    if one == other:
        return 0
    return -1 if one < other else 1  # type: ignore[operator]  # both are of the same ordered type


def contains(interval: Range, value: object) -> bool:
    """Tell whether ``value`` lies in ``interval``.

    Raises:
        NullResultError: it cannot be compared with the ends.
    """
    if interval.operator == "=":
        return equal(value, interval.start)
    if interval.operator == "!=":
        return not equal(value, interval.start)
    if interval.start is not None:
        order = compare(value, interval.start)
        if order < 0 or (order == 0 and not interval.start_included):
            return False
    if interval.end is not None:
        order = compare(value, interval.end)
        return order < 0 or (order == 0 and interval.end_included)
    return True


def matches(value: object, test: object) -> bool | None:
    """Tell whether ``value`` is ``test``, in the range or list ``test``, or accepted by it.

    None means that they cannot be compared.
    """
    try:
        if type(test) is Range and type(value) is not Range:
            return contains(test, value)
        if type(test) is list:
            return _matches_any(value, test)
        return equal(value, test)
    except NullResultError:
        return None


def _matches_any(value: object, tests: list[object]) -> bool:
    if type(value) is list and is_same(value, tests):
        return True
    return any(
        is_same(value, test)
        or (type(test) is Range and type(value) is not Range and matches(value, test) is True)
        for test in tests
    )
