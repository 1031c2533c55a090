"""The only place that compiles operators; the closures take short cuts for the common kinds."""

from __future__ import annotations

import operator
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Any

from engine.feel import arithmetic
from engine.feel.compiling import UNKNOWN, Compiler, Emit, always, constant_of
from engine.feel.equality import compare, equal, kind_en, kind_zh
from engine.feel.errors import LimitReachedError, NullResultError, Position
from engine.feel.limits import CHARACTERS_PER_STEP
from engine.feel.scope import Code, Run, Scope, limit_error
from engine.feel.tree import Arithmetic, Between, Comparison, Logic, Negation
from engine.feel.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

#: Kinds whose order and equality are Python's.
_PLAIN = frozenset({Decimal, str})
_PLAIN_EQUAL = frozenset({Decimal, str, bool})
_FAST: dict[str, Callable[[Any, Any], Any]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
}
_PYTHON: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _arithmetic(node: Arithmetic, compiler: Compiler) -> Code:
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    where, sign, fast = compiler.at(node), node.operator, _FAST.get(node.operator)

    def slow(run: Run, one: object, other: object) -> object:
        try:
            result = arithmetic.calculate(sign, one, other)
        except NullResultError as reason:
            run.null(where, reason)
            return None
        except LimitReachedError as reason:
            raise limit_error(reason, where) from None
        if type(result) is str:
            run.charge(len(result) // CHARACTERS_PER_STEP, where)
        return result

    def calculate(scope: Scope) -> object:
        one, other = left(scope), right(scope)
        if fast is not None and type(one) is Decimal and type(other) is Decimal:
            try:
                return fast(one, other)
            except DecimalException:
                return slow(scope.run, one, other)
        return slow(scope.run, one, other)

    return calculate


def _negation(node: Negation, compiler: Compiler) -> Code:
    constant = constant_of(node)
    if constant is not UNKNOWN:
        return always(constant)
    operand, where = compiler.compile(node.operand), compiler.at(node)

    def negate(scope: Scope) -> object:
        try:
            return arithmetic.negate(operand(scope))
        except NullResultError as reason:
            scope.run.null(where, reason)
            return None

    return negate


def _comparison(node: Comparison, compiler: Compiler) -> Code:
    if node.operator in {"=", "!="}:
        return _equality(node, compiler)
    left, constant = compiler.compile(node.left), constant_of(node.right)
    right, where = compiler.compile(node.right), compiler.at(node)
    python, kind, sign = _PYTHON[node.operator], type(constant), node.operator
    if kind in _PLAIN:

        def with_constant(scope: Scope) -> bool | None:
            value = left(scope)
            if type(value) is kind:
                return python(value, constant)
            return ordered(sign, value, constant, scope.run, where)

        return with_constant

    def with_value(scope: Scope) -> bool | None:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in _PLAIN:
            return python(one, other)
        return ordered(sign, one, other, scope.run, where)

    return with_value


def ordered(sign: str, one: object, other: object, run: Run, where: Position) -> bool | None:
    """Return ``one sign other`` for any kinds, null with a warning when there is no order."""
    try:
        return _PYTHON[sign](compare(one, other), 0)
    except NullResultError as reason:
        run.null(where, reason)
        return None


def _equality(node: Comparison, compiler: Compiler) -> Code:
    left, right, where = (
        compiler.compile(node.left),
        compiler.compile(node.right),
        compiler.at(node),
    )
    wanted, constant = node.operator == "=", constant_of(node.right)
    kind = type(constant)

    def slow(run: Run, one: object, other: object) -> bool | None:
        try:
            return equal(one, other) is wanted
        except NullResultError as reason:
            run.null(where, reason)
            return None
        except LimitReachedError as reason:
            raise limit_error(reason, where) from None

    def with_constant(scope: Scope) -> bool | None:
        value = left(scope)
        if type(value) is kind:
            return (value == constant) is wanted
        return slow(scope.run, value, constant)

    def with_value(scope: Scope) -> bool | None:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in _PLAIN_EQUAL:
            return (one == other) is wanted
        return slow(scope.run, one, other)

    return with_constant if kind in _PLAIN_EQUAL else with_value


def _logic(node: Logic, compiler: Compiler) -> Code:
    decisive, where = node.operator == "or", compiler.at(node)
    codes = [compiler.compile(operand) for operand in node.operands]
    other = not decisive

    def combine(scope: Scope) -> bool | None:
        result: bool | None = other
        for code in codes:
            value = code(scope)
            if value is decisive:
                return decisive
            if value is not other:
                result = None
                if value is not None:
                    _warn_no_boolean(value, scope.run, where)
        return result

    return combine


def _warn_no_boolean(value: object, run: Run, where: Position) -> None:
    run.warn(
        where,
        f"and / or 需要布尔值，实际为{kind_zh(value)}。",
        f"and / or need booleans, not a {kind_en(value)}.",
    )


def _between(node: Between, compiler: Compiler) -> Code:
    codes = [compiler.compile(part) for part in (node.value, node.low, node.high)]
    where = compiler.at(node)

    def between(scope: Scope) -> bool | None:
        value, low, high = (code(scope) for code in codes)
        if type(value) is Decimal and type(low) is Decimal and type(high) is Decimal:
            return low <= value <= high
        above = ordered(">=", value, low, scope.run, where)
        below = ordered("<=", value, high, scope.run, where)
        if above is False or below is False:
            return False
        return True if above and below else None

    return between


EMITTERS: dict[type, Emit] = {
    Arithmetic: _arithmetic,
    Negation: _negation,
    Comparison: _comparison,
    Logic: _logic,
    Between: _between,
}
