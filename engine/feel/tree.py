"""The only place for the syntax tree: frozen nodes; positions do not count for equality."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node:
    """A part of an expression; ``pos`` is its 0-based offset in the text."""

    pos: int

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _parts(self) == _parts(other)

    def __hash__(self) -> int:
        return hash((type(self), _parts(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, _parts(self)))})"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Literal(Node):
    """A number, string, boolean or null."""

    value: object


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AtLiteral(Node):
    """``@"2026-11-21"``; ``value`` is None when the text is no temporal value."""

    text: str
    value: object


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Name(Node):
    """A variable or a function, ``?`` included."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListLiteral(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ContextLiteral(Node):
    """``{a: 1}``."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RangeLiteral(Node):
    """``[a..b]``, or ``< b`` with its operator and the other end None."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Negation(Node):
    """``-a``."""

    operand: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Arithmetic(Node):
    """``a + b`` and the like; ``operator`` is one of ``+ - * / **``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison(Node):
    """``a <= b`` and the like; ``operator`` is one of ``= != < <= > >=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Logic(Node):
    """``a and b and c``; ``operator`` is ``and`` or ``or``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Between(Node):
    """``a between low and high``."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class In(Node):
    """``a in (tests)``."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TypeName(Node):
    """A type: a name, with element types, or members of a context, or of a function.

    Attributes:
        name: ``number``, ``list``, ``context``, ``function``, ``range`` or a user's name.
        parts: element type, member types, or parameter types and the result type at last.
        members: names of a context's members.
    """

    name: str
    parts: tuple[TypeName, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InstanceOf(Node):
    """``a instance of type``."""

    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Path(Node):
    """``a.b``."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Filter(Node):
    """``a[b]``."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Call(Node):
    """``f(a, b)`` or ``f(x: a)``; ``names`` is empty for positional arguments."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class If(Node):
    """``if a then b else c``."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Steps(Node):
    """``1..n`` as the domain of an iteration."""

    start: Node
    end: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class For(Node):
    """``for a in b, c in d return e``."""

    iterations: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quantified(Node):
    """``some a in b satisfies c``; ``kind`` is ``some`` or ``every``."""

    kind: str
    iterations: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FunctionLiteral(Node):
    """``function(a, b: number) c``."""

    parameters: tuple[tuple[str, TypeName | None], ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tests(Node):
    """The unary tests of a decision table's cell; none is ``-``, which matches everything."""

    tests: tuple[Node, ...]
    negated: bool = False


def _parts(node: Node) -> tuple[object, ...]:
    """Return everything but the position."""
    return tuple(getattr(node, one.name) for one in fields(node)[1:])


def children(node: Node) -> Iterator[Node]:
    """Yield the direct parts of ``node``, in the order of the text."""
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes(value)


def _nodes(values: tuple[object, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes(value)


def weight(node: Node) -> int:
    """Return the number of nodes below and including ``node``."""
    count, waiting = 0, [node]
    while waiting:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count


def height(node: Node) -> int:
    """Return the number of levels of the tree."""
    levels, row = 0, [node]
    while row:
        levels += 1
        row = [child for parent in row for child in children(parent)]
    return levels
