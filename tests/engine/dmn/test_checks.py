"""The checks find what was planted, with an example, and nothing in tables that are in order."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from engine.dmn import check, read_model
from engine.dmn.checks.cover import Search
from tests.engine.dmn.test_cases import load
from tests.engine.dmn.test_evaluation import rule
from tests.engine.dmn.test_refused import decision, definitions, table

if TYPE_CHECKING:
    import pytest


def found(name: str) -> list[tuple[str, str, str, str]]:
    """Return rule, severity, element and English text of each finding."""
    return [
        (finding.rule, finding.severity, finding.element_id, finding.message_en)
        for finding in check(load(name))
    ]


def of_table(attributes: str, *rules: str, output: str = '<output id="o"/>') -> list[str]:
    """Return rule and English text of each finding about a table over ``a``."""
    rows = "</rule><rule>".join(rules)
    model = read_model(definitions(decision("d", table(attributes, rows, output))))
    return [f"{finding.rule}: {finding.message_en}" for finding in check(model)]


def test_a_gap_is_shown_with_an_input_that_no_rule_covers() -> None:
    findings = found("planted_gap.dmn")

    assert [finding[:3] for finding in findings] == [("gap", "warning", "t")]
    assert 'amount = 100，method = "公开招标"' in findings[0][3]


def test_an_overlap_is_shown_with_an_input_that_both_rules_match() -> None:
    findings = found("planted_overlap.dmn")

    assert [finding[:3] for finding in findings] == [("overlap", "error", "t_r2")]
    assert "Rules 1 and 2 overlap, for example: amount = 100，open = true" in findings[0][3]


def test_rules_that_never_apply_are_named_with_those_that_hide_them() -> None:
    findings = found("planted_hidden.dmn")

    assert [(rule, element) for rule, _, element, _ in findings] == [
        ("unreachable-rule", "t_r4"),
        ("unreachable-rule", "t_r5"),
        ("unreachable-rule", "t2_r1"),
        ("unreachable-rule", "t3_r1"),
    ]
    assert "rules 1 always win" in findings[0][3]
    assert "rules 2、3 always win" in findings[1][3]


def test_tables_in_order_have_no_findings() -> None:
    assert found("clean_tables.dmn") == []


def test_cells_that_cannot_be_seen_through_are_tried_with_examples() -> None:
    findings = of_table(
        'hitPolicy="FIRST"',
        rule('contains(?, "急")', "1"),
        rule('"加急"', "2"),
        rule("-", "3"),
    )

    assert len(findings) == 1
    assert "Rule 2 never takes effect: rules 1 always win (judged by sample values)" in findings[0]


def test_cells_that_depend_on_other_variables_are_not_judged() -> None:
    assert of_table('hitPolicy="FIRST"', rule("> limit", "1"), rule("<= limit", "2")) == []


def test_dates_have_gaps_only_where_a_day_fits() -> None:
    rows = ('< date("2026-01-01")', '> date("2026-01-02")')
    closed = ('[date("2026-01-01")..date("2026-01-02")]', '= date("2026-01-02")')

    open_table = of_table("", *(rule(row, "1") for row in rows))
    closed_table = of_table("", rule(rows[0], "1"), rule(rows[1], "1"), rule(closed[0], "1"))

    assert len(open_table) == 1
    assert 'a = @"2026-01-01"' in open_table[0]
    assert closed_table == []


def test_prefixes_leave_the_other_codes_uncovered() -> None:
    findings = of_table("", rule('starts with(?, "41")', "1"), rule('starts with(?, "4101")', "2"))

    assert [finding.partition(":")[0] for finding in findings] == ["overlap", "gap"]
    assert 'rule 2 lies wholly inside rule 1), for example: a = "410100"' in findings[0]
    assert 'a = "其他"' in findings[1]


def test_rows_that_add_nothing_are_named() -> None:
    any_rows = of_table('hitPolicy="ANY"', rule("< 10", "1"), rule("< 5", "1"), rule(">= 10", "2"))
    listed = of_table('hitPolicy="COLLECT"', rule("-", "1"), rule("< 5", "1"), rule("-", "1"))

    assert [finding.partition(",")[0] for finding in any_rows] == [
        "subsumed-rule: Rule 2 lies inside rule 1"
    ]
    assert [finding.partition(",")[0] for finding in listed] == [
        "subsumed-rule: Rule 3 lies inside rule 1"
    ]


def test_results_that_the_column_forbids_and_missing_priorities_are_errors() -> None:
    values = '<output id="o"><outputValues><text>"甲","乙"</text></outputValues></output>'

    forbidden = of_table('hitPolicy="FIRST"', rule("-", '"丙"'), output=values)
    unordered = of_table('hitPolicy="PRIORITY"', rule("-", '"丙"'))

    assert [finding.partition(":")[0] for finding in forbidden] == ["output-not-allowed"]
    assert [finding.partition(":")[0] for finding in unordered] == ["no-priorities"]


def test_unknown_names_are_found_where_the_inputs_are_drawn() -> None:
    drawn = definitions(
        '<inputData id="i" name="采购金额"><variable name="采购金额" typeRef="number"/>'
        "</inputData>",
        '<decision id="d" name="d"><variable name="d"/><informationRequirement>'
        '<requiredInput href="#i"/></informationRequirement>'
        "<literalExpression><text>采购金额 + 采购数额</text></literalExpression></decision>",
    )
    open_names = definitions(decision("d", "采购金额 + 采购数额"))

    findings = check(read_model(drawn))

    assert [(finding.rule, finding.element_id) for finding in findings] == [("unknown-name", "d")]
    assert "采购金额" in findings[0].message_zh
    assert check(read_model(open_names)) == []


def test_a_wide_table_is_checked_in_bounded_time() -> None:
    columns = "".join(
        f"<input><inputExpression><text>x{number}</text></inputExpression></input>"
        for number in range(14)
    )
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in row)
        + "<outputEntry><text>1</text></outputEntry></rule>"
        for row in wide_rows()
    )
    inner = f'{columns}<output id="o"/>{rows}'
    whole = f'<decisionTable id="t" hitPolicy="FIRST">{inner}</decisionTable>'
    started = time.perf_counter()

    findings = check(read_model(definitions(decision("d", whole))))

    assert {finding.rule for finding in findings} == {"gap"}
    assert len(findings) <= 20
    assert time.perf_counter() - started < 20


def wide_rows() -> list[list[str]]:
    """Return sixty rows of fourteen cells, each a choice of two numbers or anything."""
    return [
        [
            f"{(column * 7 + row * 3) % 11 + 1}, {(row + column) % 5}"
            if (row + column) % 3
            else "-"
            for column in range(14)
        ]
        for row in range(60)
    ]


def test_a_search_that_was_stopped_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.dmn.checks.gaps.Search", partial(Search, steps=2))

    findings = of_table("", rule("< 1", "1"), rule("[1..2]", "2"), rule("> 2", "3"))

    assert [finding.partition(":")[0] for finding in findings] == ["not-fully-checked"]


def test_cells_that_compute_too_much_are_not_checked_without_end() -> None:
    heavy = rule("? > count(for i in 1..90000 return i)", "1")
    started = time.perf_counter()

    findings = of_table('hitPolicy="FIRST"', *([heavy] * 20))

    assert [finding.partition(":")[0] for finding in findings] == ["not-fully-checked"]
    assert time.perf_counter() - started < 10


def test_a_decision_without_logic_is_named() -> None:
    model = read_model(definitions('<decision id="d" name="d"><variable name="d"/></decision>'))

    findings = check(model)

    assert [(finding.rule, finding.severity) for finding in findings] == [("no-logic", "warning")]
    assert model.evaluate("d", {}).value is None
