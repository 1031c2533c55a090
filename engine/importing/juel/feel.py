"""Translates JUEL trees into FEEL that gives the same answers, or says that it cannot.

Where the languages differ JUEL wins: a missing boolean is false, lists count from 0, ``%`` keeps
the sign of the dividend, a text compared with a number is a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.expressions import syntax_error
from engine.importing.juel.errors import JuelError
from engine.importing.juel.functions import FUNCTIONS, VARIABLE_FUNCTIONS
from engine.importing.juel.methods import METHODS, is_ignored
from engine.importing.juel.parser import parse, parse_template
from engine.importing.juel.tree import (
    Binary,
    Function,
    Index,
    Literal,
    Method,
    Name,
    Node,
    Template,
    Ternary,
    Unary,
)
from engine.importing.juel.written import (
    AND,
    IF,
    NEGATION,
    OR,
    PRODUCT,
    SUM,
    TERM,
    Feel,
    call,
    compared,
    negated,
    one_of_empty,
    quoted,
    simple_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPARISONS: Final = {"==": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_LOGIC: Final = {"&&": ("and", AND), "||": ("or", OR)}
_NUMERIC_TEXT: Final = re.compile(r"-?\d+(?:\.\d+)?")
#: Variables that stand for the engine itself; only their methods listed below mean something.
ENGINE_OBJECTS: Final = frozenset(
    {"execution", "task", "caseExecution", "delegateTask", "variableScope"}
)


def translate(text: str, *, bare: bool = False) -> str:
    """Return FEEL (without ``=``) that means the same as a JUEL value.

    Args:
        text: ``${…}``, ``#{…}``, or text with such parts.
        bare: the text is an expression without ``${`` and ``}``.

    Raises:
        JuelError: it cannot be read or has no counterpart.
    """
    node = parse(text.strip()) if bare else parse_template(text.strip())
    written = to_feel_text(node).text
    error = syntax_error(written)
    if error is not None:
        raise JuelError(
            f"译文“{written}”不是合法的 FEEL：{error.message_zh}",
            f"The translation {written!r} is no FEEL: {error.message_en}",
        )
    return written


def to_feel_text(node: Node) -> Feel:
    """Return the FEEL text of one node.

    Raises:
        JuelError: it has no counterpart.
    """
    return _WRITERS[type(node)](node)


def _literal(node: Literal) -> Feel:
    value = node.value
    if node.is_number:
        text = str(value)
        return Feel(f"0{text}" if text.startswith(".") else text.removesuffix("."))
    if isinstance(value, str):
        return Feel(quoted(value))
    return Feel({None: "null", True: "true", False: "false"}[value])


def _variable(node: Name) -> Feel:
    return _name(node.name)


def _name(name: str) -> Feel:
    if name in ENGINE_OBJECTS:
        raise JuelError.no_counterpart(name)
    if name == "loopCounter":
        return Feel("loopCounter - 1", SUM)  # theirs counts from 0, ours from 1
    return Feel(simple_name(name))


def _index(node: Index) -> Feel:
    key = node.key
    if isinstance(key, Literal) and isinstance(key.value, str) and not key.is_number:
        if isinstance(node.of, Name) and node.of.name in ENGINE_OBJECTS:
            raise JuelError.no_counterpart(f"{node.of.name}.{key.value}")
        return _property(to_feel_text(node.of), key.value)
    return item_at(to_feel_text(node.of), key)


def _property(of: Feel, name: str) -> Feel:
    if re.fullmatch(r"[^\W\d]\w*", name) and syntax_error(f"x.{name}") is None:
        return Feel(f"{of.at(TERM)}.{name}")
    return call("get value", of, Feel(quoted(name)))


def item_at(of: Feel, key: Node) -> Feel:
    """Return an item by its position from 0.

    Raises:
        JuelError: the position is a variable, which might as well be a key.
    """
    if isinstance(key, Literal) and key.is_number and str(key.value).isdigit():
        return Feel(f"{of.at(TERM)}[{int(str(key.value)) + 1}]")
    if isinstance(key, Name) and key.name == "loopCounter":
        return Feel(f"{of.at(TERM)}[loopCounter]")
    if isinstance(key, Binary) and key.operator in "+-*":
        return Feel(f"{of.at(TERM)}[{to_feel_text(key).at(SUM)} + 1]")
    raise JuelError(
        "下标是变量，无法判断是列表的位置还是键，请改写。",
        "The index is a variable; nobody can tell a position from a key. Write it differently.",
    )


def _unary(node: Unary) -> Feel:
    if node.operator == "-":
        return Feel(f"-{to_feel_text(node.operand).at(TERM)}", NEGATION)
    if node.operator == "empty":
        return one_of_empty(to_feel_text(node.operand))
    inner = node.operand
    if isinstance(inner, Unary) and inner.operator == "empty":
        return Feel(f"not({to_feel_text(inner).text})")
    if isinstance(inner, Binary) and inner.operator in ("==", "!="):
        opposite = "!=" if inner.operator == "==" else "=="
        return _binary(Binary(opposite, inner.left, inner.right))
    return negated(to_feel_text(inner))


def _binary(node: Binary) -> Feel:
    if node.operator in _COMPARISONS:
        return _comparison(node)
    if node.operator in _LOGIC:
        word, level = _LOGIC[node.operator]
        left, right = to_feel_text(node.left), to_feel_text(node.right)
        return Feel(f"{left.at(level)} {word} {right.at(level)}", level)
    left, right = _number(node.left), _number(node.right)
    if node.operator == "%":
        whole = f"round down({left.at(PRODUCT)} / {right.at(NEGATION)}, 0)"
        return Feel(f"{left.at(SUM)} - {right.at(PRODUCT)} * {whole}", SUM)
    level = SUM if node.operator in "+-" else PRODUCT
    return Feel(f"{left.at(level)} {node.operator} {right.at(level + 1)}", level)


def _number(node: Node) -> Feel:
    """Return an operand of arithmetic; JUEL reads texts as numbers there."""
    if isinstance(node, Literal) and not node.is_number:
        if isinstance(node.value, str) and _NUMERIC_TEXT.fullmatch(node.value):
            return Feel(node.value, NEGATION)
        raise JuelError(
            "算术运算中有文字；JUEL 的“+”不连接文字。",
            "There is a text in arithmetic; JUEL's “+” does not join texts.",
        )
    return to_feel_text(node)


def _comparison(node: Binary) -> Feel:
    left, right = node.left, node.right
    if isinstance(left, Method) and left.name == "compareTo" and _is_zero(right):
        return compared(
            to_feel_text(left.of), _COMPARISONS[node.operator], to_feel_text(left.arguments[0])
        )
    pair = [to_feel_text(left), to_feel_text(right)]
    for place, one, other in ((0, left, right), (1, right, left)):
        if not isinstance(one, Literal) and _is_like_another_kind(other):
            if node.operator not in ("==", "!="):
                raise JuelError(
                    "用大小比较文字与变量，结果取决于变量的类型，请改写。",
                    "A text is compared by size; the result depends on the variable's kind.",
                )
            pair[place] = call("string", pair[place])
    return compared(pair[0], _COMPARISONS[node.operator], pair[1])


def _is_zero(node: Node) -> bool:
    return isinstance(node, Literal) and node.is_number and node.value == "0"


def _is_like_another_kind(node: Node) -> bool:
    """Tell whether a text literal may be meant as a number or boolean, as JUEL allows."""
    if not isinstance(node, Literal) or node.is_number or not isinstance(node.value, str):
        return False
    return node.value in ("true", "false") or _NUMERIC_TEXT.fullmatch(node.value) is not None


def _ternary(node: Ternary) -> Feel:
    parts = [to_feel_text(part) for part in (node.condition, node.then, node.otherwise)]
    return Feel(f"if {parts[0].text} then {parts[1].text} else {parts[2].text}", IF)


def _called(node: Method | Function) -> Feel:
    if isinstance(node, Function):
        return _function(node)
    if isinstance(node.of, Name) and node.of.name in ENGINE_OBJECTS:
        return _engine_method(node)
    if is_ignored(node.name, len(node.arguments)):
        return to_feel_text(node.of)
    if node.name == "get" and len(node.arguments) == 1:
        return _index(Index(node.of, node.arguments[0]))
    if node.name == "prop" and len(node.arguments) == 1:
        return _index(Index(node.of, node.arguments[0]))
    found = METHODS.get((node.name, len(node.arguments)))
    if found is None:
        raise JuelError.no_counterpart(f".{node.name}()")
    return found(to_feel_text(node.of), *(to_feel_text(one) for one in node.arguments))


def _engine_method(node: Method) -> Feel:
    name = node.arguments[0] if node.arguments else None
    if isinstance(name, Literal) and isinstance(name.value, str):
        if node.name in ("getVariable", "getVariableLocal"):
            return _name(name.value)
        if node.name in ("hasVariable", "hasVariableLocal"):
            return compared(_name(name.value), "!=", Feel("null"))
    raise JuelError.no_counterpart(f"{_text_of(node.of)}.{node.name}()")


def _text_of(node: Node) -> str:
    return node.name if isinstance(node, Name) else "…"


def _function(node: Function) -> Feel:
    prefix, _, name = node.name.rpartition(":")
    arguments = [to_feel_text(one) for one in node.arguments]
    if prefix in ("variables", "vars", "var"):
        first = node.arguments[0] if node.arguments else None
        if isinstance(first, Literal) and isinstance(first.value, str):
            arguments[0] = _name(first.value)
        found = VARIABLE_FUNCTIONS.get((name, len(arguments)))
    else:
        found = FUNCTIONS.get((node.name, len(arguments)))
    if found is None:
        raise JuelError.no_counterpart(f"{node.name}()")
    return found(*arguments)


def _template(node: Template) -> Feel:
    """Join parts; JUEL writes nothing for null, and so does ``string join``."""
    texts = [
        to_feel_text(part).text
        if isinstance(part, Literal) and not part.is_number
        else call("string", to_feel_text(part)).text
        for part in node.parts
    ]
    return Feel(f"string join([{', '.join(texts)}])" if texts else '""')


_WRITERS: Final[dict[type, Callable[[Any], Feel]]] = {
    Literal: _literal,
    Name: _variable,
    Index: _index,
    Unary: _unary,
    Binary: _binary,
    Ternary: _ternary,
    Method: _called,
    Function: _called,
    Template: _template,
}
