"""The only place for the FEEL values that Python lacks, and for its numbers.

A FEEL value is None, a bool, a ``Decimal``, a str, a list, a dict with str keys, one of the
classes of ``engine.feel.temporal``, a ``Range`` or a ``FeelFunction``.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time

if TYPE_CHECKING:
    from collections.abc import Callable

#: IEEE 754-2008 decimal128, as DMN 1.5 §10.3.2.3.1 asks for.
NUMBERS = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)

#: Types whose values never need converting nor copying.
ATOMS: frozenset[type] = frozenset(
    {type(None), bool, Decimal, str, Date, Time, DateTime, DaysDuration, MonthsDuration}
)


@dataclass(frozen=True, slots=True)
class Range:
    """An interval.

    Attributes:
        start: lower end, None when open-ended.
        end: upper end, None when open-ended.
        start_included: whether ``start`` belongs to it.
        end_included: whether ``end`` belongs to it.
        operator: ``<``, ``<=``, ``>``, ``>=``, ``=`` or ``!=`` when written so, else "".
    """

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FeelFunction:
    """Something that an expression can call; also for functions that the caller provides.

    Attributes:
        params: names of the parameters, in order.
        call: gets the arguments by position (FEEL values) and returns a FEEL value; it may raise
            ``NullResultError`` for null with a warning.
        name: for messages.
        required: how many arguments must be given; None means all.
        variadic: whether the last parameter takes any number of arguments.
        types: type names of the parameters, "" where any; for ``instance of`` and checks.
        result_type: type name of the result, "" when unknown.
        body: set for functions written in FEEL; runs inside the caller's budget.
        alternatives: other parameter lists of the same function.
    """

    params: tuple[str, ...]
    call: Callable[..., object]
    name: str = ""
    required: int | None = None
    variadic: bool = False
    types: tuple[str, ...] = ()
    result_type: str = ""
    body: Callable[[Any, list[object]], object] | None = None
    alternatives: tuple[FeelFunction, ...] = field(default=())

    def __post_init__(self) -> None:
        """Accept any sequence of names."""
        object.__setattr__(self, "params", tuple(self.params))

    def also(self, *others: FeelFunction) -> FeelFunction:
        """Return this function with further parameter lists."""
        return replace(self, alternatives=(*self.alternatives, *others))

    @property
    def least(self) -> int:
        """How many arguments must be given."""
        return len(self.params) if self.required is None else self.required


def is_whole(value: Decimal) -> bool:
    """Tell whether the number has no decimals; works for every exponent."""
    return value == value.to_integral_value()


def plain_number(value: Decimal) -> str:
    """Return the digits without exponent and without trailing zeros, ``-0`` as ``0``."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
