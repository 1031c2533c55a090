"""The only place that guesses types without evaluating; "" means unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine.feel.tree import (
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    ContextLiteral,
    If,
    In,
    InstanceOf,
    ListLiteral,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Quantified,
    RangeLiteral,
    children,
)
from engine.feel.types import type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Infer = Callable[[Node], str]

_FUNCTIONS = {
    name: kind
    for kind, names in {
        "number": ("number", "count", "string length", "floor", "ceiling", "decimal", "modulo"),
        "string": ("string", "substring", "upper case", "lower case", "replace", "string join"),
        "boolean": ("contains", "starts with", "ends with", "matches", "not", "list contains"),
        "date": ("date", "today"),
        "date and time": ("date and time", "now"),
        "time": ("time",),
        "years and months duration": ("years and months duration",),
    }.items()
    for name in names
}
_LITERALS: dict[type, str] = {ListLiteral: "list", ContextLiteral: "context", RangeLiteral: "range"}
_BOOLEANS = (Comparison, Logic, Between, In, InstanceOf, Quantified)
_ZH = {
    "number": "数字",
    "string": "文本",
    "boolean": "布尔值",
    "date": "日期",
    "time": "时间",
    "date and time": "日期时间",
    "days and time duration": "天时分秒时长",
    "years and months duration": "年月时长",
    "list": "列表",
    "context": "上下文",
    "range": "区间",
}
#: The types that are told apart here.
TYPE_NAMES = frozenset(_ZH)
_CALENDAR = frozenset({"date", "time", "date and time"})
_DURATIONS = frozenset({"days and time duration", "years and months duration"})


def infer(node: Node, names: Mapping[str, str]) -> str:
    """Return the type's name, "" when it is unknown or null."""
    if isinstance(node, (Literal, AtLiteral)):
        return "" if node.value is None else type_of(node.value)
    if isinstance(node, _BOOLEANS):
        return "boolean"
    if isinstance(node, Name):
        return names.get(node.name, "")
    return _infer_compound(node, names)


def _infer_compound(node: Node, names: Mapping[str, str]) -> str:
    kind = ""
    match node:
        case Arithmetic(left=left, right=right):
            kind = _arithmetic(node.operator, infer(left, names), infer(right, names))
        case Negation(operand=operand):
            kind = infer(operand, names)
        case Call(function=Name(name=name)) if name not in names:
            kind = _FUNCTIONS.get(name, "")
        case If(then=then, otherwise=otherwise):
            both = {infer(then, names), infer(otherwise, names)}
            kind = both.pop() if len(both) == 1 else ""
        case ListLiteral() | ContextLiteral() | RangeLiteral():
            kind = _LITERALS[type(node)]
    return kind


def _arithmetic(operator: str, left: str, right: str) -> str:
    if left == right == "number":
        return "number"
    return "string" if operator == "+" and left == right == "string" else ""


def mismatches(tree: Node, kind_of: Infer) -> Iterator[tuple[Node, tuple[str, str]]]:
    """Yield the operators whose operands can never fit, with both messages."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if isinstance(node, (Comparison, Arithmetic)):
            left, right = kind_of(node.left), kind_of(node.right)
            if left and right and not _fits(node, left, right):
                yield node, _message(node.operator, left, right)
        elif isinstance(node, Logic):
            yield from _logic(node, kind_of)


def _fits(node: Comparison | Arithmetic, left: str, right: str) -> bool:
    if isinstance(node, Comparison):
        ordered = node.operator in {"=", "!="} or left not in {"boolean", "list", "context"}
        return left == right and ordered
    kinds = {left, right}
    if left == right:
        return left == "number" or (node.operator == "+" and left == "string") or _timed(node, left)
    if node.operator in {"+", "-"}:
        return kinds <= _CALENDAR | _DURATIONS and bool(kinds & _CALENDAR)
    return "number" in kinds and bool(kinds & _DURATIONS)


def _timed(node: Comparison | Arithmetic, kind: str) -> bool:
    allowed = {"+": _DURATIONS, "-": _DURATIONS | _CALENDAR, "/": _DURATIONS}
    return kind in allowed.get(node.operator, frozenset())


def _logic(node: Logic, kind_of: Infer) -> Iterator[tuple[Node, tuple[str, str]]]:
    for operand in node.operands:
        kind = kind_of(operand)
        if kind not in {"", "boolean"}:
            zh = f"{node.operator} 需要布尔值，实际为{_ZH.get(kind, kind)}。"
            yield operand, (zh, f"{node.operator} needs booleans, not a {kind}.")


def _message(operator: str, left: str, right: str) -> tuple[str, str]:
    return (
        f"{_ZH.get(left, left)}与{_ZH.get(right, right)}不能用 {operator} 。",
        f"{operator} is not defined for {left} and {right}.",
    )
