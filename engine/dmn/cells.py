"""Condition cells as sets of values, where their text is plain enough to see it.

``-``, constants, comparisons, intervals and ``starts with(?, "4101")`` are understood; anything
else is left to FEEL at run time and to sampling in the checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine import feel
from engine.feel import tree

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Equal:
    """The value itself (null included)."""

    value: object


@dataclass(frozen=True)
class Between:
    """Numbers or dates between two ends; an end that is null is open."""

    low: object
    high: object
    low_included: bool
    high_included: bool

    @property
    def ends(self) -> tuple[object, ...]:
        """Return the ends that are there."""
        return tuple(end for end in (self.low, self.high) if end is not None)


@dataclass(frozen=True)
class Prefix:
    """Strings that start with a text."""

    text: str


Part = Equal | Between | Prefix


@dataclass(frozen=True)
class Cell:
    """The union of ``parts``, or everything else when ``negated``; ``always`` for ``-``."""

    parts: tuple[Part, ...] = ()
    negated: bool = False
    always: bool = False


ALWAYS = Cell(always=True)


def cell_of(tests: feel.UnaryTests | None) -> Cell | None:
    """Return the set that ``tests`` describe, ``None`` when it cannot be seen from the text."""
    if tests is None or tests.names or not isinstance(tests.tree, tree.Tests):
        return None
    if not tests.tree.tests:
        return ALWAYS
    parts: list[Part] = []
    for test in tests.tree.tests:
        found = list(_parts(test))
        if not found:
            return None
        parts.extend(found)
    return Cell(tuple(parts), tests.tree.negated)


def _parts(node: tree.Node) -> Iterator[Part]:
    """Yield what one test accepts; nothing when it is not understood."""
    match node:
        case tree.RangeLiteral():
            yield from _interval(node)
        case tree.Call(function=tree.Name(name="starts with"), arguments=arguments):
            yield from _prefix(arguments)
        case tree.Logic(operator="or", operands=operands):
            yield from _alternatives(operands)
        case tree.Comparison(operator=operator, left=tree.Name(name="?"), right=right):
            yield from _comparison(operator, right)
        case _:
            known, value = constant(node)
            if known and isinstance(value, _SCALARS):
                yield Equal(value)


def _alternatives(operands: tuple[tree.Node, ...]) -> Iterator[Part]:
    found = [list(_parts(operand)) for operand in operands if _about_the_column(operand)]
    if len(found) == len(operands) and all(found):
        for parts in found:
            yield from parts


def _about_the_column(node: tree.Node) -> bool:
    """Tell a test (``? > 5``) from a constant, which inside ``or`` has another meaning."""
    return isinstance(node, tree.Comparison | tree.Call | tree.Logic)


def _interval(node: tree.RangeLiteral) -> Iterator[Part]:
    ends = [constant(end) if end is not None else (True, None) for end in (node.start, node.end)]
    if not all(known for known, _ in ends):
        return
    low, high = ends[0][1], ends[1][1]
    if (node.start is not None and low is None) or (node.end is not None and high is None):
        return
    if node.operator in {"=", "!="} or not _ordered_alike(low, high):
        return
    yield Between(low, high, node.start_included, node.end_included)


def _comparison(operator: str, right: tree.Node) -> Iterator[Part]:
    known, value = constant(right)
    if not known or not isinstance(value, _SCALARS):
        return
    if operator == "=":
        yield Equal(value)
    elif operator in _OPEN_INTERVALS and isinstance(value, _ORDERED):
        yield _OPEN_INTERVALS[operator](value)


_OPEN_INTERVALS = {
    "<": lambda end: Between(None, end, False, False),
    "<=": lambda end: Between(None, end, False, True),
    ">": lambda end: Between(end, None, False, False),
    ">=": lambda end: Between(end, None, True, False),
}


def _prefix(arguments: tuple[tree.Node, ...]) -> Iterator[Part]:
    match arguments:
        case (tree.Name(name="?"), tree.Literal(value=str() as text)):
            yield Prefix(text)


def constant(node: tree.Node) -> tuple[bool, object]:
    """Return whether ``node`` is a literal of some kind, and its value."""
    match node:
        case tree.Literal(value=value):
            return True, value
        case tree.AtLiteral(value=value):
            return value is not None, value
        case tree.Negation(operand=tree.Literal(value=Decimal() as value)):
            return True, -value
        case tree.Call(
            function=tree.Name(name="date"), arguments=(tree.Literal(value=str() as text),)
        ):
            value = feel.compile_expression("date(text)").evaluate({"text": text})
            return value is not None, value
    return False, None


_SCALARS = (type(None), bool, str, Decimal, feel.Date)
_ORDERED = (Decimal, feel.Date)


def _ordered_alike(low: object, high: object) -> bool:
    ends = [end for end in (low, high) if end is not None]
    return bool(ends) and (
        all(isinstance(end, Decimal) for end in ends)
        or all(isinstance(end, feel.Date) for end in ends)
    )
