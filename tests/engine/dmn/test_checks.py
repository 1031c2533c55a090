"""The checks find what was planted, with an example, and nothing in tables that are in order."""

from __future__ import annotations

from engine.dmn import check
from tests.engine.dmn.test_cases import load


def found(name: str) -> list[tuple[str, str, str, str]]:
    """Return rule, severity, element and English text of each finding."""
    return [
        (finding.rule, finding.severity, finding.element_id, finding.message_en)
        for finding in check(load(name))
    ]


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
