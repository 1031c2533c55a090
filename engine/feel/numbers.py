"""The only place for the numeric functions (DMN 1.5 §10.3.4.5)."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.arithmetic import negate
from engine.feel.errors import NullResultError
from engine.feel.temporal import DaysDuration, MonthsDuration
from engine.feel.values import NUMBERS, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.library import Definitions

_LEAST_SCALE, _GREATEST_SCALE = -6111, 6176
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_LARGEST_TEXT = 1_000
_SEPARATORS = {" ", ",", ".", None}


def rounder(rounding: str) -> Callable[..., Decimal]:
    """Return a function that rounds to ``scale`` decimals in that way."""

    def round_number(number: Decimal, scale: Decimal | None = None) -> Decimal:
        places = Decimal(0) if scale is None else scale
        if not _LEAST_SCALE <= places <= _GREATEST_SCALE:
            raise NullResultError("小数位数超出范围。", "The scale is out of range.")
        return _round(number, int(places), rounding)

    return round_number


def _round(number: Decimal, places: int, rounding: str) -> Decimal:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    exact = decimal.Context(prec=7_000, rounding=rounding, Emin=-20_000, Emax=20_000)
    return NUMBERS.plus(number.quantize(Decimal((0, (1,), -places)), context=exact))


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return ``dividend - divisor * floor(dividend / divisor)``; the sign is the divisor's."""
    if not divisor:
        raise NullResultError("除数为零。", "Division by zero.")
    try:
        rest = NUMBERS.remainder(dividend, divisor)
    except decimal.InvalidOperation:
        raise NullResultError("结果超出数字范围。", "The result is out of range.") from None
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def _function(operation: Callable[[Decimal], Decimal]) -> Callable[[Decimal], Decimal]:
    def call(number: Decimal) -> Decimal:
        try:
            return operation(number)
        except decimal.DecimalException:
            raise NullResultError("此数字无法计算。", "Not defined for this number.") from None

    return call


def _logarithm(number: Decimal) -> Decimal:
    if number <= 0:
        raise NullResultError("对数只对正数有定义。", "A logarithm needs a positive number.")
    return NUMBERS.ln(number)


def _root(number: Decimal) -> Decimal:
    if number < 0:
        raise NullResultError("负数没有平方根。", "A negative number has no square root.")
    return NUMBERS.sqrt(number)


def _is_odd(number: Decimal) -> bool:
    return is_whole(number) and number.adjusted() <= 34 and int(number) % 2 == 1


def absolute(value: Decimal | DaysDuration | MonthsDuration) -> object:
    """Return the value without its sign."""
    if isinstance(value, Decimal):
        return NUMBERS.abs(value)
    size = value.nanos if isinstance(value, DaysDuration) else value.months
    return negate(value) if size < 0 else value


def number(text: object, grouping: str | None = None, point: str | None = None) -> object:
    """Read a number with its separators.

    Raises:
        NullResultError: it is no number, or the separators are the same or not allowed.
    """
    if isinstance(text, Decimal) and grouping is None and point is None:
        return text
    if not isinstance(text, str) or len(text) > _LARGEST_TEXT:
        raise NullResultError("只能由文本转换为数字。", "Only a string can become a number.")
    allowed = grouping in _SEPARATORS and point in {".", ",", None}
    if not allowed or (grouping is not None and grouping == point):
        raise NullResultError("数字分隔符无效。", "Invalid separators of a number.")
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    if _NUMBER.fullmatch(plain) is None or (
        point == "," and "." in text.replace(grouping or "", "")
    ):
        raise NullResultError(f"“{text[:40]}”不是数字。", f'"{text[:40]}" is not a number.')
    try:
        return NUMBERS.create_decimal(plain)
    except decimal.DecimalException:
        raise NullResultError("数字超出范围。", "The number is out of range.") from None


_SCALED = "n: number, scale: number"
_OPTIONAL_SCALE = "n: number, scale?: number"

DEFINITIONS: Definitions = {
    "decimal": (_SCALED, rounder(decimal.ROUND_HALF_EVEN)),
    "floor": (_OPTIONAL_SCALE, rounder(decimal.ROUND_FLOOR)),
    "ceiling": (_OPTIONAL_SCALE, rounder(decimal.ROUND_CEILING)),
    "round up": (_SCALED, rounder(decimal.ROUND_UP)),
    "round down": (_SCALED, rounder(decimal.ROUND_DOWN)),
    "round half up": (_SCALED, rounder(decimal.ROUND_HALF_UP)),
    "round half down": (_SCALED, rounder(decimal.ROUND_HALF_DOWN)),
    "abs": ("n: number or duration", absolute),
    "modulo": ("dividend: number, divisor: number", modulo),
    "sqrt": ("number: number", _root),
    "log": ("number: number", _logarithm),
    "exp": ("number: number", _function(NUMBERS.exp)),
    "odd": ("number: number", _is_odd),
    "even": ("number: number", lambda value: not _is_odd(value) and is_whole(value)),
    "number": (
        "from: any, grouping separator?: string or null, decimal separator?: string or null",
        number,
    ),
}
