"""The only place for the state of a compilation: a tree becomes nested closures, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.arithmetic import negate
from engine.feel.errors import Position
from engine.feel.scope import Code
from engine.feel.tree import AtLiteral, Literal, Name, Negation, Node, children

if TYPE_CHECKING:
    from engine.feel.library import FunctionLibrary
    from engine.feel.types import Types

#: Says that a node has no value before it runs.
UNKNOWN = object()
Emit = Callable[[Any, "Compiler"], Code]


@dataclass(frozen=True)
class Compiler:
    """Turns nodes into closures.

    Attributes:
        text: the expression, for the places of warnings.
        library: the functions.
        types: the caller's own types by name.
        emitters: one function per class of node.
        known: names of the caller's variables; they hide functions of the same name.
        bound: names of local variables around the present node.
        nested: whether the present node runs inside a scope of its own.
    """

    text: str
    library: FunctionLibrary
    types: Types
    emitters: Mapping[type, Emit]
    known: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    nested: bool = False

    def compile(self, node: Node) -> Code:
        """Return the closure of a node."""
        return self.emitters[type(node)](node, self)

    def at(self, node: Node) -> Position:
        """Return the place of a node."""
        return Position(self.text, node.pos)

    def inside(self, *names: str) -> Compiler:
        """Return a compiler for what runs in a scope with these further variables."""
        return replace(self, bound=self.bound.union(names), nested=True)

    def hides_functions(self, name: str) -> bool:
        """Tell whether ``name`` is a variable and therefore no function."""
        return name in self.known or name in self.bound


def constant_of(node: Node) -> object:
    """Return the value of a literal, or UNKNOWN."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, AtLiteral) and node.value is not None:
        return node.value
    if isinstance(node, Negation) and isinstance(node.operand, Literal):
        value = node.operand.value
        return UNKNOWN if type(value) not in _NEGATABLE else negate(value)
    return UNKNOWN


_NEGATABLE = frozenset({Decimal})


def always(value: object) -> Code:
    """Return a closure that returns the value."""
    return lambda scope: value


def uses_input(node: Node) -> bool:
    """Tell whether ``?`` occurs in the node."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name) and part.name == "?":
            return True
        waiting.extend(children(part))
    return False
