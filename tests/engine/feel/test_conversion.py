"""Python values in and out, literals, types and coercion."""

from __future__ import annotations

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    DateTime,
    FeelError,
    Time,
    coerce,
    compile_expression,
    feel_repr,
    from_feel,
    instance_of,
    parse_type,
    to_feel,
)
from engine.feel.tree import TypeName
from tests.engine.feel.evaluation import result

SHANGHAI = ZoneInfo("Asia/Shanghai")

PYTHON = [
    (5, "5"),
    (0.1, "0.1"),
    (True, "true"),
    (None, "null"),
    ('甲\n"乙"', '"甲\\n\\"乙\\""'),
    (Decimal("1.50"), "1.5"),
    ((1, [2]), "[1, [2]]"),
    ({"a b": {"c": 1}}, '{"a b": {c: 1}}'),
    (datetime.date(2026, 11, 21), '@"2026-11-21"'),
    (datetime.time(10, 30), '@"10:30:00"'),
    (datetime.datetime(2026, 11, 21, 10, 30, tzinfo=datetime.UTC), '@"2026-11-21T10:30:00Z"'),
    (
        datetime.datetime(2026, 11, 21, 10, 30, tzinfo=SHANGHAI),
        '@"2026-11-21T10:30:00@Asia/Shanghai"',
    ),
    (datetime.timedelta(days=-1, hours=12), '@"-PT12H"'),
]


@pytest.mark.parametrize(("value", "literal"), PYTHON)
def test_python_values_become_feel_values(value: object, literal: str) -> None:
    assert feel_repr(to_feel(value)) == literal


@pytest.mark.parametrize(("value", "literal"), PYTHON)
def test_feel_values_become_the_same_python_values(value: object, literal: str) -> None:
    plain = from_feel(compile_expression(literal).evaluate({}))

    expected = {"(1, [2])": [1, [2]], "0.1": Decimal("0.1")}.get(repr(value), value)
    assert plain == expected


@pytest.mark.parametrize("literal", ['@"-0044-03-15"', '@"12026-01-01T00:00:00Z"', '@"P1Y2M"'])
def test_what_python_cannot_hold_becomes_text(literal: str) -> None:
    assert from_feel(compile_expression(literal).evaluate({})) == literal[2:-1]


def test_the_repeated_hour_survives_the_way_through_feel() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    second = datetime.datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin)

    value = to_feel(second)

    assert isinstance(value, DateTime)
    assert value.offset_seconds == 3600
    assert isinstance(plain := from_feel(value), datetime.datetime)
    assert plain.utcoffset() == second.utcoffset()


@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), Decimal("Infinity"), 10**2000])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(FeelError):
        to_feel(value)


def test_containers_are_copied_so_that_expressions_cannot_change_them() -> None:
    rows = [{"a": 1}]

    result("append(rows, 2)", rows=rows)

    assert rows == [{"a": 1}]


TYPES = [
    ("1", "number", True),
    ("null", "Any", False),
    ('"a"', "string", True),
    ("[1, 2]", "list<number>", True),
    ('[1, "a"]', "list<number>", False),
    ("[1, null]", "list<number>", True),
    ('{a: "x"}', "context<a: string>", True),
    ("{a: 1}", "context<a: string>", False),
    ("{}", "context<a: string>", False),
    ("[1..2]", "range<number>", True),
    ('@"P1D"', "days and time duration", True),
    ('@"P1Y"', "days and time duration", False),
    ("function(a: number) a", "function<number> -> Any", True),
    ("function(a: number) a", "function<string> -> Any", False),
    ("function(a) a", "function<> -> Any", False),
    ("1", "unknown", False),
    ("1", "t.amount", True),
]


@pytest.mark.parametrize(("expression", "kind", "expected"), TYPES)
def test_instance_of(expression: str, kind: str, expected: bool) -> None:
    types = {"t.amount": parse_type("number")}
    value = compile_expression(expression).evaluate({})

    assert instance_of(value, kind, types) is expected
    inside = compile_expression(f"({expression}) instance of {kind}", types=types)
    assert inside.evaluate({}) is expected


def test_a_type_may_be_a_test_of_the_callers() -> None:
    types = {"正数": lambda value: isinstance(value, Decimal) and value > 0}

    expression = compile_expression("x instance of 正数", ["x"], types=types)

    assert expression.evaluate({"x": 1}) is True
    assert expression.evaluate({"x": -1}) is False


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ([Decimal(1)], "number", Decimal(1)),
        (Decimal(1), "list<number>", [Decimal(1)]),
        ("a", "number", None),
        ("a", "list<number>", None),
        (None, "number", None),
        ([Decimal(1), Decimal(2)], "number", None),
    ],
)
def test_coercion(value: object, kind: str, expected: object) -> None:
    assert coerce(value, kind) == expected


def test_a_date_becomes_its_midnight_in_utc() -> None:
    date = to_feel(datetime.date(2026, 11, 21))

    assert coerce(date, "date and time") == DateTime(date, Time(0, 0, 0, 0, 0))  # type: ignore[arg-type]


def test_types_are_read_as_trees() -> None:
    assert parse_type("list<context<a: number>>") == TypeName(
        0, "list", (TypeName(0, "context", (TypeName(0, "number"),), ("a",)),)
    )
    with pytest.raises(FeelError):
        parse_type("list<")
