"""The only place for the range functions (DMN 1.5 §10.3.4.9) and for reading ranges from text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.arithmetic import negate
from engine.feel.equality import compare, contains, equal
from engine.feel.errors import FeelError, NullResultError
from engine.feel.library import signature
from engine.feel.parser import member_table, parse_expression
from engine.feel.scanner import name_table
from engine.feel.temporal_functions import date_from, date_time_from, time_from
from engine.feel.temporal_text import parse_duration
from engine.feel.tree import AtLiteral, Call, Literal, Name, Negation, Node, RangeLiteral
from engine.feel.values import FeelFunction, Range

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.library import Definitions

#: 1 orders the end behind the value, -1 in front of it, 0 at it.
_End = tuple[object, int]


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _order(one: _End, other: _End) -> int:
    """Compare two ends; an excluded start lies behind its value, an excluded end before it."""
    order = compare(one[0], other[0])
    return order or (one[1] > other[1]) - (one[1] < other[1])


def _starts(one: Range, other: Range) -> int:
    if one.start is None or other.start is None:
        return (one.start is not None) - (other.start is not None)
    return _order(_start(one), _start(other))


def _ends(one: Range, other: Range) -> int:
    if one.end is None or other.end is None:
        return (one.end is None) - (other.end is None)
    return _order(_end(one), _end(other))


def _start(one: Range) -> _End:
    return one.start, 0 if one.start_included else 1


def _end(one: Range) -> _End:
    return one.end, 0 if one.end_included else -1


def _is_before(one: Range, other: Range) -> bool:
    if one.end is None or other.start is None:
        return False
    order = compare(one.end, other.start)
    return order < 0 or (order == 0 and not (one.end_included and other.start_included))


def _meets(one: Range, other: Range) -> bool:
    included = one.end_included and other.start_included
    return included and one.end is not None and equal(one.end, other.start)


def _overlaps(one: Range, other: Range) -> bool:
    return not _is_before(one, other) and not _is_before(other, one)


def _overlaps_before(one: Range, other: Range) -> bool:
    """The first begins earlier, reaches into the second and does not go beyond it."""
    return _overlaps(one, other) and _starts(one, other) < 0 and _ends(one, other) <= 0


def _finishes(one: Range, other: Range) -> bool:
    return _ends(one, other) == 0 and _starts(one, other) >= 0 and one.end is not None


def _starts_with(one: Range, other: Range) -> bool:
    return _starts(one, other) == 0 and _ends(one, other) <= 0 and one.start is not None


def _includes(one: Range, other: Range) -> bool:
    return _starts(one, other) <= 0 and _ends(one, other) >= 0


def _coincides(one: Range, other: Range) -> bool:
    return _starts(one, other) == 0 and _ends(one, other) == 0


def _relation(
    test: Callable[[Range, Range], bool], *, swapped: bool = False
) -> Callable[[Any, Any], bool]:
    def holds(one: object, other: object) -> bool:
        first, second = _as_range(one), _as_range(other)
        return test(second, first) if swapped else test(first, second)

    return holds


def includes(interval: Range, value: object) -> bool:
    """Tell whether a value or a range lies in the range."""
    if isinstance(value, Range):
        return _includes(interval, value)
    return contains(interval, value)


def read_range(text: str) -> Range:
    """Read a range of literals from text, e.g. ``[1..3]``.

    Raises:
        NullResultError: it is none, an end is missing or no literal, or the ends are reversed.
    """
    wrong = NullResultError(f"“{text[:40]}”不是区间。", f'"{text[:40]}" is not a range.')
    try:
        tree = parse_expression(text.strip(), name_table(["date and time"]), member_table())
    except FeelError:
        raise wrong from None
    if not isinstance(tree, RangeLiteral) or tree.operator or not tree.start or not tree.end:
        raise wrong
    start, end = _literal(tree.start), _literal(tree.end)
    if start is None and end is None:
        raise wrong
    if start is not None and end is not None and compare(start, end) > 0:
        raise wrong
    if (start is None and tree.start_included) or (end is None and tree.end_included):
        raise wrong
    return Range(start, end, tree.start_included, tree.end_included)


_CONVERSIONS: dict[str, Callable[[str], object]] = {
    "date": date_from,
    "time": time_from,
    "date and time": date_time_from,
    "duration": parse_duration,
}


def _literal(node: Node) -> object:
    match node:
        case Literal(value=value) | AtLiteral(value=value):
            return value
        case Negation(operand=operand):
            return negate(_literal(operand))
        case Call(function=Name(name=name), arguments=(Literal(value=str(text)),), names=()):
            if name in _CONVERSIONS:
                return _CONVERSIONS[name](text)
    raise NullResultError("区间端点必须是常量。", "The ends of a range must be literals.")


DEFINITIONS: Definitions = {"range": ("from: string", read_range)}

_PAIR = ("range1: range, range2: range",)
_POINT_FIRST = ("point: any, range: range", *_PAIR)
_RANGE_FIRST = ("range: range, point: any", *_PAIR)
_ANY_PAIR = ("point1: any, point2: any", "point: any, range: range", "range: range, point: any")

_RELATIONS: dict[str, tuple[tuple[str, ...], Callable[[Any, Any], bool]]] = {
    "before": ((*_ANY_PAIR, *_PAIR), _relation(_is_before)),
    "after": ((*_ANY_PAIR, *_PAIR), _relation(_is_before, swapped=True)),
    "meets": (_PAIR, _relation(_meets)),
    "met by": (_PAIR, _relation(_meets, swapped=True)),
    "overlaps": (_PAIR, _relation(_overlaps)),
    "overlaps before": (_PAIR, _relation(_overlaps_before)),
    "overlaps after": (_PAIR, _relation(_overlaps_before, swapped=True)),
    "finishes": (_POINT_FIRST, _relation(_finishes)),
    "finished by": (_RANGE_FIRST, _relation(_finishes, swapped=True)),
    "includes": (_RANGE_FIRST, includes),
    "during": (_POINT_FIRST, lambda value, interval: includes(interval, value)),
    "starts": (_POINT_FIRST, _relation(_starts_with)),
    "started by": (_RANGE_FIRST, _relation(_starts_with, swapped=True)),
    "coincides": (("point1: any, point2: any", *_PAIR), _relation(_coincides)),
}


def functions() -> list[FeelFunction]:
    """Return the functions that take points and ranges under several names."""
    return [
        signature(name, forms[0], test).also(*(signature(name, form, test) for form in forms[1:]))
        for name, (forms, test) in _RELATIONS.items()
    ]
