"""JUEL functions that the other engines register, and what FEEL says instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.importing.juel.written import IF, Feel, call, compared, one_of_empty

if TYPE_CHECKING:
    from collections.abc import Callable


def _contains(value: Feel, *wanted: Feel) -> Feel:
    """Return Flowable's ``contains``: every one of the values is in the list."""
    tests = [call("list contains", value, one).text for one in wanted]
    return Feel(tests[0]) if len(tests) == 1 else Feel(f"all([{', '.join(tests)}])")


def _contains_any(value: Feel, *wanted: Feel) -> Feel:
    tests = [call("list contains", value, one).text for one in wanted]
    return Feel(f"any([{', '.join(tests)}])")


def _or_default(value: Feel, default: Feel) -> Feel:
    return Feel(f"if {value.text} != null then {value.text} else {default.text}", IF)


def _comparison(sign: str) -> Callable[[Feel, Feel], Feel]:
    return lambda left, right: compared(left, sign, right)


_SIGNS: Final = {
    "equals": "=",
    "eq": "=",
    "notEquals": "!=",
    "ne": "!=",
    "lowerThan": "<",
    "lessThan": "<",
    "lt": "<",
    "lowerThanOrEquals": "<=",
    "lessThanOrEquals": "<=",
    "lte": "<=",
    "greaterThan": ">",
    "gt": ">",
    "greaterThanOrEquals": ">=",
    "gte": ">=",
}
#: Flowable's ``variables:name(variable, …)`` by name and number of arguments.
VARIABLE_FUNCTIONS: Final[dict[tuple[str, int], Callable[..., Feel]]] = (
    {(name, 2): _comparison(sign) for name, sign in _SIGNS.items()}
    | {(name, count): _contains for name in ("contains",) for count in range(2, 9)}
    | {("containsAny", count): _contains_any for count in range(2, 9)}
    | {
        ("get", 1): lambda value: value,
        ("getOrDefault", 2): _or_default,
        ("exists", 1): lambda value: compared(value, "!=", Feel("null")),
        ("exist", 1): lambda value: compared(value, "!=", Feel("null")),
        ("isEmpty", 1): one_of_empty,
        ("empty", 1): one_of_empty,
        ("isNotEmpty", 1): lambda value: Feel(f"not({one_of_empty(value).text})"),
        ("notEmpty", 1): lambda value: Feel(f"not({one_of_empty(value).text})"),
    }
)
#: Functions without that prefix.
FUNCTIONS: Final[dict[tuple[str, int], Callable[..., Feel]]] = {
    ("now", 0): lambda: Feel("now()"),
    ("dateTime", 0): lambda: Feel("now()"),
    ("S", 1): lambda value: value,
    ("JSON", 1): lambda value: value,
    ("date:now", 0): lambda: Feel("now()"),
}
