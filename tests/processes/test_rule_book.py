"""Every table gives what the rule book says, on every combination of sample values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine import dmn
from engine.errors import RuleNoMatchError
from tests.processes.rule_book import FILES, rule_book

if TYPE_CHECKING:
    from engine.dmn import DmnModel
    from tests.processes.rule_book import Rule


def read(rule_id: str) -> DmnModel:
    return dmn.read_model(FILES[rule_id].read_bytes(), FILES[rule_id].name)


@pytest.mark.parametrize("rule", rule_book(), ids=lambda rule: rule.id)
def test_the_table_answers_as_the_rule_book_on_the_whole_grid(rule: Rule) -> None:
    model = read(rule.id)
    answered = 0

    for facts in rule.grid():
        expected = rule.expected(facts)
        if not expected:
            with pytest.raises(RuleNoMatchError):
                model.evaluate(rule.key, facts, require_match=True)
            continue
        result = model.evaluate(rule.key, facts, require_match=True)
        value = result.value if len(rule.outputs) > 1 else {rule.outputs[0]: result.value}
        assert [value] == expected, facts
        answered += 1

    assert answered >= len(rule.rows)


@pytest.mark.parametrize("rule", rule_book(), ids=lambda rule: rule.id)
def test_the_table_has_one_row_per_row_of_the_rule_book(rule: Rule) -> None:
    text = FILES[rule.id].read_text("utf-8")

    assert text.count("<rule ") == len(rule.rows)
    assert text.count("<annotationEntry>") == len(rule.rows)


def test_an_unknown_division_matches_no_rule() -> None:
    facts = {"purchaser_division_code": "620981", "intention_link_switch": None}

    with pytest.raises(RuleNoMatchError):
        read("R01").evaluate("plan_filing_variant", facts, require_match=True)


@pytest.mark.parametrize("rule_id", sorted(FILES))
def test_the_checker_finds_neither_overlaps_nor_unreachable_rows(rule_id: str) -> None:
    findings = dmn.check(read(rule_id))

    assert [f for f in findings if f.severity == "error"] == []
    assert [f for f in findings if "gap" not in f.rule] == []
