"""The only place that checks an expression before it runs: names, functions, arguments, types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.feel.calling import fits
from engine.feel.errors import FeelError, FeelFinding, NullResultError, Position
from engine.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.free_names import Use, uses
from engine.feel.inference import TYPE_NAMES, infer, mismatches
from engine.feel.regular import compile_pattern
from engine.feel.standard import STANDARD
from engine.feel.tree import AtLiteral, Call, Literal, Name, Node, children

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.feel.library import FunctionLibrary

_SPOKEN = {
    "大于等于": ">=",
    "小于等于": "<=",
    "不等于": "!=",
    "大于": ">",
    "小于": "<",
    "等于": "=",
    "不少于": ">=",
    "不超过": "<=",
    "并且": "and",
    "而且": "and",
    "或者": "or",
    "属于": "in",
}
#: Functions with a regular expression as their second argument.
_WITH_PATTERN = frozenset({"matches", "replace", "split"})
#: Functions that read their only argument, a text.
_WITH_TEXT = frozenset({"date", "time", "date and time", "duration"})


@dataclass(slots=True)
class _Report:
    text: str
    findings: list[FeelFinding] = field(default_factory=list)

    def add(self, rule: str, severity: str, node: Node, messages: tuple[str, str]) -> None:
        where = Position(self.text, node.pos)
        self.findings.append(
            FeelFinding(rule, severity, messages[0], messages[1], where.line, where.column)
        )


def analyse(
    expression: str | Expression | UnaryTests,
    known_names: Iterable[str] | Mapping[str, object],
    library: FunctionLibrary | None = None,
    *,
    members: Iterable[str] = (),
    unary: bool = False,
) -> list[FeelFinding]:
    """Return what is wrong with an expression, in the order of the text.

    Args:
        expression: its text, or the compiled expression.
        known_names: the variables, or the variables with the names of their types ("" when
            unknown; other values are ignored), e.g. ``{"采购金额": "number"}``.
        library: functions; the standard ones by default.
        members: names of contexts' members with signs.
        unary: the text is the cell of a decision table.
    """
    used = library or STANDARD
    names = frozenset(known_names)
    if isinstance(expression, str):
        try:
            read = compile_unary_tests if unary else compile_expression
            expression = read(expression, names, used, members=members)
        except FeelError as error:
            return [_syntax(error)]
    report = _Report(expression.text)
    tree = expression.tree
    for use in uses(tree, frozenset({"?"})):
        _check_name(use, names, used, report)
    given = known_names.items() if isinstance(known_names, Mapping) else ()
    types = {name: kind for name, kind in given if isinstance(kind, str) and kind in TYPE_NAMES}
    _check_nodes(tree, names, used, report)
    for node, messages in mismatches(tree, lambda part: infer(part, types)):
        report.add("type-mismatch", "error", node, messages)
    return sorted(report.findings, key=lambda finding: (finding.line, finding.column))


def _syntax(error: FeelError) -> FeelFinding:
    return FeelFinding(
        "syntax", "error", error.reason_zh, error.reason_en, error.line, error.column
    )


def _check_name(use: Use, names: frozenset[str], library: FunctionLibrary, report: _Report) -> None:
    name = use.node.name
    if name in names or library.find(name) is not None:
        return
    if use.called is not None:
        zh, en = _suggest(name, library.names)
        report.add(
            "unknown-function",
            "error",
            use.node,
            (f"没有名为“{name}”的函数。{zh}", f'There is no function "{name}".{en}'),
        )
    elif not use.filtered:
        alone = report.text.strip() == name
        zh, en = _spoken(name) or _suggest(name, names)
        if alone and not zh:
            zh, en = f'如果是文字，请写成 "{name}" 。', f' If it is a text, write "{name}".'
        report.add(
            "unknown-name",
            "error",
            use.node,
            (f"没有名为“{name}”的数据。{zh}", f'There is no "{name}".{en}'),
        )


def _spoken(name: str) -> tuple[str, str] | None:
    for word, sign in _SPOKEN.items():
        if word in name:
            return f"“{word}”请写成 {sign} 。", f" Write {sign} for {word}."
    return None


def _suggest(name: str, known: Iterable[str]) -> tuple[str, str]:
    close = get_close_matches(name, list(known), 1)
    return (f"是否为“{close[0]}”？", f' Did you mean "{close[0]}"?') if close else ("", "")


def _check_nodes(
    tree: Node, names: frozenset[str], library: FunctionLibrary, report: _Report
) -> None:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if isinstance(node, AtLiteral) and node.value is None:
            messages = (
                f"“{node.text}”不是日期、时间或时长。",
                f'"{node.text}" is no date, time or duration.',
            )
            report.add("wrong-literal", "error", node, messages)
        elif isinstance(node, Call) and isinstance(node.function, Name):
            _check_call(node, node.function.name, names, library, report)


def _check_call(
    node: Call, name: str, names: frozenset[str], library: FunctionLibrary, report: _Report
) -> None:
    function = library.find(name)
    if function is None or name in names:
        return
    if not fits(function, len(node.arguments), node.names):
        forms = [function, *function.alternatives]
        shown = " / ".join(f"{name}({', '.join(form.params)})" for form in forms)
        messages = (f"参数不正确，应为 {shown} 。", f"Wrong arguments; expected {shown}.")
        report.add("wrong-arguments", "error", node.function, messages)
        return
    texts = [part.value for part in node.arguments if isinstance(part, Literal)]
    try:
        if name in _WITH_PATTERN and len(texts) == len(node.arguments) - 1:
            _check_pattern(texts[0])
        elif name in _WITH_TEXT and len(node.arguments) == 1 and texts:
            function.call(*texts)
    except NullResultError as reason:
        report.add("wrong-literal", "error", node.function, (reason.message_zh, reason.message_en))


def _check_pattern(pattern: object) -> None:
    if isinstance(pattern, str):
        compile_pattern(pattern)
