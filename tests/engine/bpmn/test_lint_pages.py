"""Every rule has a page with a valid and an invalid example, and the examples are what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import lint_model
from engine.bpmn.rules import CONTENT, STRUCTURE
from tests.engine.bpmn.conftest import bpmn

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "docs" / "lint"
RULES = (*STRUCTURE, *CONTENT)
EXAMPLE = re.compile(r"^## (正确 Valid|错误 Invalid)\n\n```xml\n(.*?)```", re.DOTALL | re.MULTILINE)
REPORTED = re.compile(r"findings\.(?:error|warning)\(\s*\"([a-z-]+)\"")


def _name(rule: ModuleType) -> str:
    return rule.__name__.rpartition(".")[2]


def _page(rule: ModuleType) -> tuple[list[str], str, str]:
    """Return (reported ids, valid example, invalid example)."""
    text = (PAGES / f"{_name(rule)}.md").read_text(encoding="utf-8")
    reports = next(line for line in text.splitlines() if line.startswith("报告 Reports"))
    examples = dict(EXAMPLE.findall(text))
    return re.findall(r"`([a-z-]+)`", reports), examples["正确 Valid"], examples["错误 Invalid"]


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_valid_example_has_no_finding(rule: ModuleType) -> None:
    _, valid, _ = _page(rule)

    assert lint_model(bpmn(valid)) == []


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_invalid_example_is_found_by_this_rule_alone(rule: ModuleType) -> None:
    reported, _, invalid = _page(rule)

    found = {finding.rule for finding in lint_model(bpmn(invalid))}

    assert found
    assert found <= set(reported)


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_page_names_everything_that_the_rule_reports(rule: ModuleType) -> None:
    reported, _, _ = _page(rule)
    source = Path(rule.__file__ or "").read_text(encoding="utf-8")

    assert set(REPORTED.findall(source)) <= set(reported)


def test_every_page_belongs_to_a_rule() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"README"}
    linked = set(re.findall(r"\]\((\w+)\.md\)", (PAGES / "README.md").read_text(encoding="utf-8")))

    assert pages == linked == {_name(rule) for rule in RULES}
