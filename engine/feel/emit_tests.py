"""The only place that compiles ``in`` and the unary tests of decision tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.compiling import UNKNOWN, Compiler, Emit, constant_of, uses_input
from engine.feel.emit_operators import _PYTHON
from engine.feel.equality import matches
from engine.feel.errors import LimitReachedError
from engine.feel.scope import Code, Scope, limit_error
from engine.feel.tree import In, Literal, Name, Node, RangeLiteral, Tests

#: Gets the scope and the value to test.
Test = Callable[[Scope, object], bool | None]


def compile_test(node: Node, compiler: Compiler, *, boolean_is_result: bool = False) -> Test:
    """Return the test of one cell entry or of one entry behind ``in``.

    ``boolean_is_result``: an expression such as ``amount > 3`` in a cell decides by itself,
    unless the tested value is a boolean.
    """
    quick = _quick_test(node, compiler)
    if quick is not None:
        return quick
    where = compiler.at(node)
    if uses_input(node):
        return _input_test(compiler.inside("?").compile(node))
    code = compiler.compile(node)
    decides = boolean_is_result and not isinstance(node, (Literal, Name))

    def test(scope: Scope, value: object) -> bool | None:
        wanted = code(scope)
        if decides and type(wanted) is bool and type(value) is not bool:
            return wanted
        if wanted is None and value is not None:
            return None
        try:
            return matches(value, wanted)
        except LimitReachedError as reason:
            raise limit_error(reason, where) from None

    return test


def _input_test(code: Code) -> Test:
    def test(scope: Scope, value: object) -> bool | None:
        result = code(scope.inside({"?": value}))
        if type(result) is bool:
            return result
        return None if result is None else matches(value, result)

    return test


def _quick_test(node: Node, compiler: Compiler) -> Test | None:
    """Return a test that compares with constants directly, if the node allows it."""
    if isinstance(node, RangeLiteral):
        return _quick_range(node, compiler)
    constant = constant_of(node)
    kind = type(constant)
    if constant is UNKNOWN or kind not in {Decimal, str, bool}:
        return None

    def equals(scope: Scope, value: object) -> bool | None:
        return value == constant if type(value) is kind else matches(value, constant)

    return equals


def _quick_range(node: RangeLiteral, compiler: Compiler) -> Test | None:
    ends = [None if end is None else constant_of(end) for end in (node.start, node.end)]
    kinds = {
        type(end) for end, node_end in zip(ends, (node.start, node.end), strict=True) if node_end
    }
    if kinds not in ({Decimal}, {str}) or node.operator in {"=", "!="}:
        return None
    kind, slow = kinds.pop(), compiler.compile(node)
    above = _PYTHON[">=" if node.start_included else ">"]
    below = _PYTHON["<=" if node.end_included else "<"]
    low: Any = ends[0]
    high: Any = ends[1]

    def within(scope: Scope, value: object) -> bool | None:
        if type(value) is kind:
            return (low is None or above(value, low)) and (high is None or below(value, high))
        return matches(value, slow(scope))

    return within


def _in(node: In, compiler: Compiler) -> Code:
    value = compiler.compile(node.value)
    tests = [compile_test(test, compiler) for test in node.tests]
    where = compiler.at(node)

    def test(scope: Scope) -> bool | None:
        result = any_of(tests, scope, value(scope))
        if result is None:
            scope.run.warn(where, "无法比较。", "The values cannot be compared.")
        return result

    return test


def any_of(tests: list[Test], scope: Scope, value: object) -> bool | None:
    """Return True when one accepts, None when all of them cannot tell."""
    known = False
    for test in tests:
        result = test(scope, value)
        if result is True:
            return True
        known = known or result is not None
    return False if known else None


def compile_tests(node: Tests, compiler: Compiler) -> Test:
    """Return the test of a whole cell."""
    tests = [compile_test(test, compiler, boolean_is_result=True) for test in node.tests]
    if not tests:
        return lambda scope, value: True
    if node.negated:

        def negated(scope: Scope, value: object) -> bool | None:
            result = any_of(tests, scope, value)
            return None if result is None else not result

        return negated
    if len(tests) == 1:
        return tests[0]
    return lambda scope, value: any_of(tests, scope, value)


EMITTERS: dict[type, Emit] = {In: _in}
