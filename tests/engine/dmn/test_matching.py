"""The index of a table and its checks agree with FEEL, asked row by row and value by value."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel
from engine.dmn import check, read_model
from engine.dmn.column_index import ColumnIndex
from engine.dmn.matching import Column, Matcher
from engine.dmn.run import Run, Scope, Values
from tests.engine.dmn.test_refused import decision, definitions

if TYPE_CHECKING:
    from engine.dmn import DmnModel

CELLS = [
    "-",
    "",
    "null",
    "not(null)",
    "true",
    "false",
    "not(true)",
    "1",
    "-1",
    "1, 2",
    "not(1, 2)",
    "< 1",
    "<= 2",
    "> 1",
    ">= 2.5",
    "[1..2]",
    "(1..2]",
    "]1..2[",
    "[2..1]",
    "not(< 1)",
    "not([1..2])",
    "= 1",
    "!= 1",
    "? > 1",
    "? = 2",
    "? > 1 and ? < 3",
    "? = 1 or ? = 2",
    '"a"',
    '"a", "b"',
    'not("a")',
    '"a", 1, null',
    'starts with(?, "a")',
    'starts with(?, "ab"), "b"',
    'not(starts with(?, "a"))',
    'starts with(?, "")',
    'contains(?, "b")',
    '< "b"',
    '["a".."b"]',
    'date("2026-01-01")',
    '< date("2026-01-01")',
    '[date("2026-01-01")..date("2026-01-02")]',
    'not(@"2026-01-01")',
    "[1, 2]",
    "limit",
    "> limit",
    "? in [1..2]",
    "1 + 1",
]
VALUES = [
    None,
    True,
    False,
    *(Decimal(text) for text in ("-2", "-1", "0", "1", "1.0", "1.5", "2", "2.5", "3", "99")),
    "",
    "a",
    "ab",
    "abc",
    "a00",
    "b",
    "c",
    feel.Date.from_number(0),
    *(
        feel.compile_expression(f'date("{text}")').evaluate({})
        for text in ("2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03")
    ),
    feel.compile_expression('date and time("2026-01-01T00:00:00")').evaluate({}),
    [Decimal(1)],
    [Decimal(1), Decimal(2)],
    {"a": Decimal(1)},
]
SCOPE = Scope(Values({"limit": Decimal(2)}), Run({}))
cells = st.sampled_from(CELLS)
values = st.sampled_from(VALUES)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=12), values, values)
def test_the_index_finds_the_rows_that_feel_finds(
    rows: list[tuple[str, str]], first: object, second: object
) -> None:
    tests = [
        [feel.compile_unary_tests(row[column] or "-", ("limit",)) for row in rows]
        for column in (0, 1)
    ]
    matcher = Matcher([Column(column) for column in tests], len(rows))

    found = matcher.rows([first, second], SCOPE)

    expected = [
        row
        for row in range(len(rows))
        if tests[0][row].matches(first, SCOPE.values) is True
        and tests[1][row].matches(second, SCOPE.values) is True
    ]
    assert found == expected
    assert matcher.rows([first, second], SCOPE, first_only=True) == expected[:1]


def test_every_cell_alone_agrees_with_feel_for_every_value() -> None:
    for cell, value in product(CELLS, VALUES):
        test = feel.compile_unary_tests(cell or "-", ("limit",))
        matcher = Matcher([Column([test])], 1)

        found = matcher.rows([value], SCOPE)

        assert bool(found) is (test.matches(value, SCOPE.values) is True), (cell, value)


NUMBER_CELLS = ["-", "1", "2", "< 1", ">= 1", "[1..2]", "(1..2)", "> 2", "not(1)", "<= 2, 3"]
BOOLEAN_CELLS = ["-", "true", "false", "not(true)"]
NUMBERS = [Decimal(text) for text in ("0", "1", "1.5", "2", "2.5", "3", "4")]


def table_model(rows: list[tuple[str, str]], hit_policy: str) -> DmnModel:
    """Return a model with a table over a number and a boolean; row numbers are the results."""
    columns = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in (("n", "number"), ("b", "boolean"))
    )
    rules = "".join(
        "<rule>"
        + "".join(
            f"<inputEntry><text>{cell.replace('<', '&lt;')}</text></inputEntry>" for cell in row
        )
        + f"<outputEntry><text>{number}</text></outputEntry></rule>"
        for number, row in enumerate(rows)
    )
    table = f'<decisionTable hitPolicy="{hit_policy}">{columns}<output/>{rules}</decisionTable>'
    return read_model(definitions(decision("d", table)))


def matching(rows: list[tuple[str, str]]) -> list[list[int]]:
    """Return the matching rows for every input of a grid, by FEEL alone."""
    tests = [[feel.compile_unary_tests(cell) for cell in row] for row in rows]
    return [
        [
            number
            for number, (left, right) in enumerate(tests)
            if left.matches(n, {}) and right.matches(b, {})
        ]
        for n, b in product(NUMBERS, (True, False))
    ]


tables = st.lists(
    st.tuples(st.sampled_from(NUMBER_CELLS), st.sampled_from(BOOLEAN_CELLS)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(tables)
def test_gaps_and_overlaps_are_those_of_a_full_grid(rows: list[tuple[str, str]]) -> None:
    hits = matching(rows)

    rules = {finding.rule for finding in check(table_model(rows, "UNIQUE"))}

    assert ("gap" in rules) is any(not found for found in hits)
    assert ("overlap" in rules) is any(len(found) > 1 for found in hits)


@settings(max_examples=300, deadline=None)
@given(tables)
def test_rows_without_effect_are_those_of_a_full_grid(rows: list[tuple[str, str]]) -> None:
    effective = {found[0] for found in matching(rows) if found}

    findings = check(table_model(rows, "FIRST"))

    idle = [finding for finding in findings if finding.rule == "unreachable-rule"]
    assert len(idle) == len(rows) - len(effective)


def test_a_column_too_large_for_an_index_is_left_to_feel() -> None:
    cells_with_prefixes = [f'starts with(?, "{number}")' for number in range(1_000, 1_600)]
    wide = [", ".join(f"[{n}..{n + 3000}]" for n in range(row, row + 60)) for row in range(60)]
    many = [feel.compile_unary_tests(cell) for cell in cells_with_prefixes]
    heavy = [feel.compile_unary_tests(cell) for cell in wide * 20]

    prefixes, ranges = Matcher([Column(many)], 600), Matcher([Column(heavy)], 1_200)

    assert prefixes.rows(["159900"], SCOPE) == [599]
    assert ranges.rows([Decimal(0)], SCOPE) == list(range(0, 1_200, 60))
    assert ColumnIndex(many).opaque == (1 << 600) - 1
    assert ColumnIndex(heavy[:60]).opaque == 0
    assert ColumnIndex(heavy).opaque == (1 << 1_200) - 1
