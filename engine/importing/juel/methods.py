"""Java methods that process authors call in JUEL, and what FEEL says instead."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from engine.importing.juel.errors import JuelError
from engine.importing.juel.written import (
    COMPARISON,
    SUM,
    TERM,
    Feel,
    call,
    compared,
    one_of_empty,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: Conversions that FEEL does not need: numbers, JSON values and dates are themselves.
_IGNORED: Final = frozenset(
    {
        "booleanValue",
        "doubleValue",
        "value",
        "stringValue",
        "numberValue",
        "boolValue",
        "elements",
        "toDate",
        "toInstant",
        "getValue",
    }
)
_TIME_UNITS: Final = {
    "Seconds": ("PT", "S"),
    "Minutes": ("PT", "M"),
    "Hours": ("PT", "H"),
    "Days": ("P", "D"),
    "Weeks": ("P", "W"),
    "Months": ("P", "M"),
    "Years": ("P", "Y"),
}


def is_ignored(name: str, arguments: int) -> bool:
    """Tell whether a method only converts its object into what it is in FEEL already."""
    return name in _IGNORED and arguments == 0


def _by_kind(of: Feel, one: Feel) -> Feel:
    """Return ``contains``, which Java has for texts and for lists."""
    if of.text.startswith('"'):
        return call("contains", of, one)
    text, listed = call("contains", of, one).text, call("list contains", of, one).text
    return Feel(f"(if {of.at(TERM)} instance of string then {text} else {listed})")


def _plain(literal: Feel) -> str:
    """Return the content of a text literal.

    Raises:
        JuelError: it is no literal.
    """
    if not literal.text.startswith('"'):
        raise JuelError(
            "正则表达式或替换内容不是固定文字，无法转换。",
            "The pattern is not a fixed text; it cannot be translated.",
        )
    return str(json.loads(literal.text))


def _matches(of: Feel, pattern: Feel) -> Feel:
    """Return Java's ``matches``, which wants the whole text to fit."""
    return call("matches", of, Feel(quoted(f"^(?:{_plain(pattern)})$")))


def _replace(of: Feel, old: Feel, new: Feel) -> Feel:
    """Return Java's ``replace``, which knows no patterns."""
    target = _plain(new).replace("\\", "\\\\").replace("$", "\\$")
    return call("replace", of, Feel(quoted(re.escape(_plain(old)))), Feel(quoted(target)))


def _from_zero(of: Feel, start: Feel) -> Feel:
    return call("substring", of, _plus_one(start))


def _between(of: Feel, start: Feel, end: Feel) -> Feel:
    if start.text.isdigit() and end.text.isdigit():
        length = Feel(str(int(end.text) - int(start.text)))
    else:
        length = Feel(f"{end.at(SUM)} - {start.at(TERM)}", SUM)
    return call("substring", of, _plus_one(start), length)


def _plus_one(number: Feel) -> Feel:
    if number.text.isdigit():
        return Feel(str(int(number.text) + 1))
    return Feel(f"{number.at(SUM)} + 1", SUM)


def _ignoring_case(of: Feel, other: Feel) -> Feel:
    return compared(call("lower case", of), "=", call("lower case", other))


def _moved(unit: str, sign: str) -> Callable[[Feel, Feel], Feel]:
    begin, end = _TIME_UNITS[unit]

    def written(of: Feel, number: Feel) -> Feel:
        if number.text.isdigit():
            days = f"{int(number.text) * 7}D" if end == "W" else f"{number.text}{end}"
            return Feel(f'{of.at(SUM)} {sign} duration("{begin}{days}")', SUM)
        count = f"{number.at(TERM)} * 7" if end == "W" else number.text
        unit_sign = "D" if end == "W" else end
        length = f'duration("{begin}" + string({count}) + "{unit_sign}")'
        return Feel(f"{of.at(SUM)} {sign} {length}", SUM)

    return written


#: By name and number of arguments.
METHODS: Final[dict[tuple[str, int], Callable[..., Feel]]] = {
    ("equals", 1): lambda of, other: compared(of, "=", other),
    ("equalsIgnoreCase", 1): _ignoring_case,
    ("contains", 1): _by_kind,
    ("startsWith", 1): lambda of, start: call("starts with", of, start),
    ("endsWith", 1): lambda of, end: call("ends with", of, end),
    ("matches", 1): _matches,
    ("replace", 2): _replace,
    ("concat", 1): lambda of, more: Feel(f"{of.at(SUM)} + {more.at(SUM)}", SUM),
    ("substring", 1): _from_zero,
    ("substring", 2): _between,
    ("length", 0): lambda of: call("string length", of),
    ("size", 0): lambda of: call("count", of),
    ("isEmpty", 0): one_of_empty,
    ("isBlank", 0): lambda of: Feel(
        f'{of.at(COMPARISON + 1)} = null or matches({of.text}, "^\\\\s*$")', 1
    ),
    ("trim", 0): lambda of: call("replace", of, Feel('"^\\\\s+|\\\\s+$"'), Feel('""')),
    ("toLowerCase", 0): lambda of: call("lower case", of),
    ("toUpperCase", 0): lambda of: call("upper case", of),
    ("toString", 0): lambda of: call("string", of),
    ("intValue", 0): lambda of: call("round down", of, Feel("0")),
    ("longValue", 0): lambda of: call("round down", of, Feel("0")),
    ("abs", 0): lambda of: call("abs", of),
    ("add", 1): lambda of, more: Feel(f"{of.at(SUM)} + {more.at(SUM + 1)}", SUM),
    ("subtract", 1): lambda of, less: Feel(f"{of.at(SUM)} - {less.at(SUM + 1)}", SUM),
    ("multiply", 1): lambda of, by: Feel(f"{of.at(SUM + 1)} * {by.at(SUM + 2)}", SUM + 1),
    ("containsKey", 1): lambda of, key: compared(call("get value", of, key), "!=", Feel("null")),
    ("hasProp", 1): lambda of, key: compared(call("get value", of, key), "!=", Feel("null")),
}
METHODS.update(
    {
        (verb + unit, 1): _moved(unit, sign)
        for unit in _TIME_UNITS
        for verb, sign in (("plus", "+"), ("minus", "-"))
    }
)
