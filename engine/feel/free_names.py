"""The only place that finds the variables of an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.feel.tree import (
    Call,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    Name,
    Node,
    Quantified,
    children,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.feel.library import FunctionLibrary


@dataclass(frozen=True, slots=True)
class Use:
    """A name that is used and not bound inside the expression.

    Attributes:
        node: where.
        filtered: whether it stands in a filter and may be a member of the list's elements.
        called: the call that it is the function of, if any.
    """

    node: Name
    filtered: bool
    called: Call | None


def uses(
    node: Node,
    bound: frozenset[str] = frozenset(),
    *,
    filtered: bool = False,
    called: Call | None = None,
) -> Iterator[Use]:
    """Yield the free names of a tree, in the order of the text."""
    special = _SPECIAL.get(type(node))
    if isinstance(node, Name):
        if node.name not in bound:
            yield Use(node, filtered, called)
    elif isinstance(node, Call):
        yield from uses(node.function, bound, filtered=filtered, called=node)
        for argument in node.arguments:
            yield from uses(argument, bound, filtered=filtered)
    elif special is not None:
        yield from special(node, bound, filtered)
    else:
        for child in children(node):
            yield from uses(child, bound, filtered=filtered)


def _context(node: ContextLiteral, bound: frozenset[str], filtered: bool) -> Iterator[Use]:
    for key, value in node.entries:
        own = bound | {key} if isinstance(value, FunctionLiteral) else bound
        yield from uses(value, own, filtered=filtered)
        bound |= {key}


def _iteration(node: For | Quantified, bound: frozenset[str], filtered: bool) -> Iterator[Use]:
    for name, domain in node.iterations:
        yield from uses(domain, bound, filtered=filtered)
        bound |= {name}
    if isinstance(node, For):
        bound |= {"partial"}
    yield from uses(node.body, bound, filtered=filtered)


def _filter(node: Filter, bound: frozenset[str], filtered: bool) -> Iterator[Use]:
    yield from uses(node.base, bound, filtered=filtered)
    yield from uses(node.condition, bound | {"item"}, filtered=True)


def _function(node: FunctionLiteral, bound: frozenset[str], filtered: bool) -> Iterator[Use]:
    inner = bound.union(name for name, _ in node.parameters)
    yield from uses(node.body, inner, filtered=filtered)


_SPECIAL: dict[type, Callable[..., Iterator[Use]]] = {
    ContextLiteral: _context,
    For: _iteration,
    Quantified: _iteration,
    Filter: _filter,
    FunctionLiteral: _function,
}


def free_names(
    tree: Node, library: FunctionLibrary, known: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the caller's variables.

    A name in a filter may be a member of the list's elements: when names are ``known``, only those
    count there, otherwise every one does.
    """
    return frozenset(
        use.node.name
        for use in uses(tree, frozenset({"?"}))
        if use.node.name in known
        or ((not known or not use.filtered) and _is_variable(use, library))
    )


def _is_variable(use: Use, library: FunctionLibrary) -> bool:
    """A variable may be called like a function (``sum > 5``) as long as it is not called."""
    return use.called is None or library.find(use.node.name) is None


def mentioned_names(tree: Node) -> frozenset[str]:
    """Return every name that may be looked up among the caller's variables."""
    return frozenset(use.node.name for use in uses(tree, frozenset({"?"})))
