"""Every decision table that ships is complete and free of overlaps, and a broken copy is caught.

The mistakes are planted one cell at a time, in every cell of every table. A finding counts when
its example is true: the copy fails on it as the finding says, and the table as shipped does not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

import pytest

from engine import dmn, feel
from engine.dmn import RuleOverlapError
from engine.dmn.boxed import DecisionTable, HitPolicy
from engine.errors import RuleNoMatchError
from tests.processes.rule_book import FILES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.dmn import DmnModel
    from engine.dmn.boxed import LiteralExpression, Rule
    from engine.errors import Finding

PROCESSES: Final = ROOT / "processes"
TABLES: Final = sorted(PROCESSES.rglob("*.dmn"))
WINDOW: Final = FILES["R03"]


def name_of(file: Path) -> str:
    return file.relative_to(PROCESSES).as_posix()


@cache
def shipped(file: Path) -> DmnModel:
    return dmn.read_model(file.read_bytes(), file.name)


def drawn(file: Path) -> DecisionTable:
    (decision,) = shipped(file).definitions.decisions
    assert isinstance(decision.expression, DecisionTable)
    return decision.expression


def conditions(file: Path) -> Iterator[tuple[int, LiteralExpression]]:
    """Yield (rule number, cell) for every cell that is not ``-``."""
    for rule in drawn(file).rules:
        yield from ((rule.number, cell) for cell in rule.conditions if cell.text != "-")


def with_cell(file: Path, cell: LiteralExpression, text: str) -> DmnModel:
    """Return a copy of the file with another text in one cell."""
    place = re.compile(rf'(id="{cell.place.id}">\s*<text>)[^<]*')
    changed, count = place.subn(lambda found: found[1] + escape(text), file.read_text("utf-8"))
    assert count == 1
    return dmn.read_model(changed.encode(), file.name)


def found(model: DmnModel, rule: str) -> list[Finding]:
    return [finding for finding in dmn.check(model) if finding.rule == rule]


def example(finding: Finding) -> dict[str, Any]:
    """Return the input that a finding shows."""
    shown = re.search(r"例如：(.+?)。(?:请补充|命中策略)", finding.message_zh)
    assert shown, finding.message_zh
    entries = shown[1].replace(" = ", ": ").replace("，", ", ")
    context = feel.compile_expression("{" + entries + "}").evaluate({})
    assert isinstance(context, dict)
    return context


def answer(model: DmnModel, facts: dict[str, Any]) -> dmn.DecisionResult:
    (decision,) = model.decisions
    return model.evaluate(decision, facts, require_match=True)


def rule_of(file: Path, facts: dict[str, Any]) -> int:
    """Return the number of the one rule of the shipped table that applies."""
    (step,) = answer(shipped(file), facts).trace
    (rule,) = step.rules
    return rule.number


def test_every_table_has_a_rule_of_the_rule_book_with_its_sample_grid() -> None:
    assert sorted(FILES.values()) == TABLES


@pytest.mark.parametrize("file", TABLES, ids=name_of)
def test_no_gap_no_overlap_nothing_idle(file: Path) -> None:
    assert dmn.check(shipped(file)) == []
    assert drawn(file).hit_policy is HitPolicy.UNIQUE
    assert len(list(conditions(file))) >= len(drawn(file).rules)


@pytest.mark.parametrize("file", TABLES, ids=name_of)
def test_a_cell_that_says_the_opposite_leaves_a_gap_that_is_shown(file: Path) -> None:
    for number, cell in conditions(file):
        broken = with_cell(file, cell, f"not({cell.text})")

        gaps = [example(finding) for finding in found(broken, "gap")]

        assert gaps, (number, cell.text)
        for facts in gaps:
            with pytest.raises(RuleNoMatchError):
                answer(broken, facts)
            assert rule_of(file, facts) == number


@pytest.mark.parametrize("file", TABLES, ids=name_of)
def test_a_cell_that_was_emptied_overlaps_and_is_shown(file: Path) -> None:
    for number, cell in conditions(file):
        broken = with_cell(file, cell, "-")

        overlaps = found(broken, "overlap")

        assert overlaps, (number, cell.text)
        for finding in overlaps:
            assert finding.severity == "error"
            facts = example(finding)
            with pytest.raises(RuleOverlapError, match=rf"\b{number}\b"):
                answer(broken, facts)
            assert rule_of(file, facts) != number


def gaps_without(file: Path, rule: Rule) -> list[Finding]:
    """Return the gaps of a copy that lacks ``rule``."""
    place = re.compile(rf'<rule id="{rule.place.id}">.*?</rule>', re.DOTALL)
    changed, count = place.subn("", file.read_text("utf-8"))
    assert count == 1
    return found(dmn.read_model(changed.encode(), file.name), "gap")


def names_null(rule: Rule) -> bool:
    return any(cell.text == "null" for cell in rule.conditions)


@pytest.mark.parametrize("file", TABLES, ids=name_of)
def test_a_rule_that_was_deleted_is_missed(file: Path) -> None:
    for rule in drawn(file).rules:
        if not names_null(rule):
            gaps = gaps_without(file, rule)

            assert gaps, rule.number
            assert {rule_of(file, example(finding)) for finding in gaps} == {rule.number}


def test_an_empty_input_is_missed_only_where_another_rule_names_null() -> None:
    # an input may always be empty: asking for it everywhere would make every table incomplete
    named = [(file, rule) for file in TABLES for rule in drawn(file).rules if names_null(rule)]

    assert FILES["R01"] in [file for file, _rule in named]
    assert [gaps_without(file, rule) for file, rule in named] == [[] for _one in named]


@pytest.mark.parametrize(
    ("old", "new", "rule", "days"),
    [
        ("< 30", "< 29", "gap", range(29, 30)),
        ("[30..90]", "(30..90]", "gap", range(30, 31)),
        ("[30..90]", "[30..89]", "gap", range(90, 91)),
        ("> 90", "> 91", "gap", range(91, 92)),
        ("< 30", "<= 30", "overlap", range(30, 31)),
        ("[30..90]", "[29..90]", "overlap", range(29, 30)),
        ("> 90", ">= 90", "overlap", range(90, 91)),
    ],
)
def test_a_window_that_is_wrong_by_a_day_is_found_at_that_day(
    old: str, new: str, rule: str, days: range
) -> None:
    (cell,) = (cell for _, cell in conditions(WINDOW) if cell.text == old)
    broken = with_cell(WINDOW, cell, new)

    shown = [example(finding)["days_since_publication"] for finding in found(broken, rule)]

    assert shown
    # between two bounds any number is an example, whole or not
    assert all(days.start - 1 < day < days.stop for day in shown)
    assert found(broken, "overlap" if rule == "gap" else "gap") == []
