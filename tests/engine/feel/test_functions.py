"""Functions of the caller: values in the context, and libraries."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from engine.feel import (
    STANDARD,
    FeelFunction,
    NullResultError,
    compile_expression,
    from_feel,
)


def test_a_function_in_the_context_is_called_by_position_and_by_name() -> None:
    tax = FeelFunction(("amount", "rate"), lambda amount, rate: amount * rate)
    context = {"税额": tax}

    assert compile_expression("税额(100, 0.13)", context).evaluate(context) == Decimal("13.00")
    named = compile_expression("税额(rate: 0.1, amount: 50)", context).evaluate(context)
    assert named == Decimal("5.0")


def test_what_a_function_returns_becomes_a_feel_value() -> None:
    context = {"f": FeelFunction((), lambda: datetime.date(2026, 11, 21))}

    assert from_feel(compile_expression('f() + @"P1D"').evaluate(context)) == datetime.date(
        2026, 11, 22
    )


def test_a_function_may_refuse_with_a_warning() -> None:
    def refuse() -> object:
        raise NullResultError("没有这个单位。", "No such unit.")

    found = compile_expression("f()").run({"f": FeelFunction((), refuse)})

    assert found.value is None
    assert [warning.message_zh for warning in found.warnings] == ["没有这个单位。"]


def test_own_functions_have_a_namespace() -> None:
    library = STANDARD.define("税.含税", "金额: number, 税率?: number", _with_tax)

    assert compile_expression("税.含税(100)", (), library).evaluate({}) == Decimal("113.00")
    assert compile_expression("税.含税(金额: 100, 税率: 0)", (), library).evaluate({}) == 100
    assert compile_expression('税.含税("a")', (), library).evaluate({}) is None
    assert STANDARD.find("税.含税") is None


def _with_tax(amount: Decimal, rate: Decimal = Decimal("0.13")) -> Decimal:
    return amount * (1 + rate)


@pytest.mark.parametrize("name", ["count", "plain name", "税.含税"])
def test_a_name_without_namespace_or_taken_is_refused(name: str) -> None:
    library = STANDARD.define("税.含税", "金额: number", _with_tax)

    with pytest.raises(ValueError, match="is taken or has no namespace"):
        library.define(name, "a: any", lambda a: a)


def test_a_function_written_in_feel_can_be_called_from_python() -> None:
    double = compile_expression("function(x) x * factor", ["factor"]).evaluate({"factor": 2})

    assert isinstance(double, FeelFunction)
    assert double.call(Decimal(21)) == 42


def test_an_evaluation_inside_a_function_shares_the_budget_of_the_outer_one() -> None:
    inner = compile_expression("count(for i in 1..9000 return i)")
    context = {"f": FeelFunction((), lambda: inner.evaluate({}))}

    once = compile_expression("f()").evaluate(context)

    assert once == 9000
    with pytest.raises(Exception, match="Too many steps"):
        compile_expression("for i in 1..50 return f()").evaluate(context)
