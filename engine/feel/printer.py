"""The only place that writes a syntax tree as text again; the text reads as the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.characters import is_name
from engine.feel.conversion import feel_repr, quote
from engine.feel.tree import (
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    ListLiteral,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Path,
    Quantified,
    RangeLiteral,
    Steps,
    Tests,
    TypeName,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: How tightly a node holds together; what is missing needs brackets everywhere.
_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _MINUS, _CLOSED = range(1, 9)
_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_LEVELS: dict[type[Node], int] = {
    Comparison: _COMPARISON,
    Between: _COMPARISON,
    In: _COMPARISON,
    Negation: _MINUS,
    **dict.fromkeys((Literal, AtLiteral, Name, ListLiteral, ContextLiteral), _CLOSED),
    **dict.fromkeys((RangeLiteral, Path, Call, Filter), _CLOSED),
}


def to_text(node: Node) -> str:
    """Return the expression in one canonical form."""
    return _PRINTERS[type(node)](node)


def _level(node: Node) -> int:
    if isinstance(node, Logic):
        return _OR if node.operator == "or" else _AND
    if isinstance(node, Arithmetic):
        return _ARITHMETIC[node.operator]
    return _LEVELS.get(type(node), 0)


def _operand(node: Node, least: int = _CLOSED) -> str:
    """Return the text, in brackets unless it holds together at least so tightly."""
    return to_text(node) if _level(node) >= least else f"({to_text(node)})"


def _type(node: TypeName) -> str:
    if node.name == "context" and node.parts:
        pairs = zip(node.members, node.parts, strict=True)
        return f"context<{', '.join(f'{name}: {_type(part)}' for name, part in pairs)}>"
    parts = [_type(part) for part in node.parts]
    if node.name == "function" and parts:
        return f"function<{', '.join(parts[:-1])}> -> {parts[-1]}"
    return f"{node.name}<{parts[0]}>" if parts else node.name


def _literal(node: Literal) -> str:
    return feel_repr(node.value)


def _list(node: ListLiteral) -> str:
    return f"[{', '.join(map(to_text, node.items))}]"


def _context(node: ContextLiteral) -> str:
    entries = (
        f"{key if is_name(key) else quote(key)}: {to_text(part)}" for key, part in node.entries
    )
    return "{" + ", ".join(entries) + "}"


def _range(node: RangeLiteral) -> str:
    if node.operator:
        end = node.end if node.end is not None else node.start
        return f"({node.operator} {'' if end is None else _operand(end, _SUM)})"
    ends = ["" if end is None else _operand(end, _SUM) for end in (node.start, node.end)]
    opening, closing = "[" if node.start_included else "(", "]" if node.end_included else ")"
    return f"{opening}{ends[0]} .. {ends[1]}{closing}"


def _binary(node: Arithmetic | Comparison) -> str:
    level = _level(node)
    return f"{_operand(node.left, level)} {node.operator} {_operand(node.right, level + 1)}"


def _logic(node: Logic) -> str:
    return f" {node.operator} ".join(_operand(part, _level(node) + 1) for part in node.operands)


def _between(node: Between) -> str:
    low, high = _operand(node.low, _SUM), _operand(node.high, _SUM)
    return f"{_operand(node.value, _COMPARISON)} between {low} and {high}"


def _in(node: In) -> str:
    return f"{_operand(node.value, _COMPARISON)} in ({', '.join(map(_test, node.tests))})"


def _test(node: Node) -> str:
    """An operator test stands bare where tests are listed; brackets would make it a range."""
    text = to_text(node)
    return text[1:-1] if isinstance(node, RangeLiteral) and node.operator else text


def _call(node: Call) -> str:
    arguments = list(map(to_text, node.arguments))
    if node.names:
        arguments = [f"{name}: {text}" for name, text in zip(node.names, arguments, strict=True)]
    return f"{_operand(node.function)}({', '.join(arguments)})"


def _if(node: If) -> str:
    then, otherwise = to_text(node.then), to_text(node.otherwise)
    return f"if {to_text(node.condition)} then {then} else {otherwise}"


def _iterations(iterations: tuple[tuple[str, Node], ...]) -> str:
    return ", ".join(f"{name} in {to_text(domain)}" for name, domain in iterations)


def _quantified(node: Quantified) -> str:
    return f"{node.kind} {_iterations(node.iterations)} satisfies {to_text(node.body)}"


def _function(node: FunctionLiteral) -> str:
    parameters = (
        name if kind is None else f"{name}: {_type(kind)}" for name, kind in node.parameters
    )
    external = "external " if node.external else ""
    return f"function({', '.join(parameters)}) {external}{to_text(node.body)}"


def _tests(node: Tests) -> str:
    listed = ", ".join(map(_test, node.tests)) or "-"
    return f"not({listed})" if node.negated else listed


_PRINTERS: dict[type[Node], Callable[..., str]] = {
    Literal: _literal,
    AtLiteral: lambda node: f"@{quote(node.text)}",
    Name: lambda node: node.name,
    ListLiteral: _list,
    ContextLiteral: _context,
    RangeLiteral: _range,
    Negation: lambda node: f"-{_operand(node.operand, _MINUS)}",
    Arithmetic: _binary,
    Comparison: _binary,
    Logic: _logic,
    Between: _between,
    In: _in,
    InstanceOf: lambda node: f"{_operand(node.value)} instance of {_type(node.type)}",
    TypeName: _type,
    Path: lambda node: f"{_operand(node.base)}.{node.name}",
    Filter: lambda node: f"{_operand(node.base)}[{to_text(node.condition)}]",
    Call: _call,
    If: _if,
    Steps: lambda node: f"{_operand(node.start, _SUM)} .. {_operand(node.end, _SUM)}",
    For: lambda node: f"for {_iterations(node.iterations)} return {to_text(node.body)}",
    Quantified: _quantified,
    FunctionLiteral: _function,
    Tests: _tests,
}
