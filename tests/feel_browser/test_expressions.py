"""Forms speak one language: the server decides, the browser shows the same or a listed difference.

A form's conditions and sums run in the browser (feelin) while somebody types and on the server
when the form is sent. ``expressions.json`` says what the standard says; ``differences.json`` names
where the browser cannot keep up, with the reason.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.feel_browser.evaluators import (
    ERROR,
    FRONTEND,
    BrowserMissingError,
    Case,
    Judgement,
    browser_answers,
    cases,
    engine_answer,
    judge,
    listed_differences,
    same,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMS: Final = FRONTEND.parents[1] / "forms"
CASES: Final = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_answers_as_the_standard_says(case: Case) -> None:
    assert same(engine_answer(case), case.expected), engine_answer(case)


def test_the_browser_answers_the_same_but_for_the_listed_differences() -> None:
    judged = judge(CASES, browser_answers(CASES), listed_differences())

    assert judged == Judgement(unlisted=(), vanished=(), unknown=())


def test_the_list_is_long_has_chinese_names_and_every_name_once() -> None:
    chinese = [case for case in CASES if any("一" <= sign <= "龥" for sign in case.expression)]

    assert len(CASES) >= 120
    assert len(chinese) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_difference_has_a_reason_and_really_differs() -> None:
    expected = {case.name: case.expected for case in CASES}

    for name, entry in listed_differences().items():
        assert len(entry["reason"]) >= len("binary floats"), name
        assert not same(entry["browser"], expected[name]), name


def test_plain_thresholds_and_choices_do_not_differ() -> None:
    plain = {case.name for case in CASES if case.name.startswith(("threshold-", "in-", "between"))}

    assert len(plain) >= 8
    assert not plain & listed_differences().keys()


def test_a_new_difference_and_one_that_disappeared_are_both_found() -> None:
    asked = [
        Case("sum", "0.1 + 0.2", {}, Decimal("0.3")),
        Case("flag", "true", {}, True),
        Case("list", "[1]", {}, [Decimal(1)]),
    ]
    answers = [Decimal("0.3"), Decimal(1), [Decimal(1)]]
    listed: dict[str, dict[str, Any]] = {
        "sum": {"browser": Decimal("0.30000000000000004"), "reason": "binary floats"},
        "gone": {"browser": None, "reason": "an expression that nobody asks"},
    }

    judged = judge(asked, answers, listed)

    assert judged.vanished == ("sum",)
    assert [text.split(":")[0] for text in judged.unlisted] == ["flag"]
    assert judged.unknown == ("gone",)


def test_a_difference_that_became_another_one_is_new() -> None:
    asked = [Case("sum", "0.1 + 0.2", {}, Decimal("0.3"))]
    listed = {"sum": {"browser": Decimal("0.30000000000000004"), "reason": "binary floats"}}

    judged = judge(asked, [Decimal("0.31")], listed)

    assert len(judged.unlisted) == 1
    assert judged.vanished == ()


def test_missing_packages_are_said_and_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(BrowserMissingError, match="make setup"):
        browser_answers(CASES, tmp_path / "frontend")


def form_expressions() -> list[Case]:
    """Return every expression of the shipped forms."""
    found: dict[str, None] = {}
    for file in sorted(FORMS.rglob("*.form")):
        for text in _texts(json.loads(file.read_text("utf-8"))):
            found[text] = None
    return [Case(text, text, {}, None) for text in found]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str) and part.startswith("="):
        yield part[1:]
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def test_both_can_read_every_expression_of_the_shipped_forms() -> None:
    shipped = form_expressions()

    browser = browser_answers(shipped)

    assert len(shipped) >= 4
    assert [case.name for case in shipped if engine_answer(case) == ERROR] == []
    assert [case.name for case, said in zip(shipped, browser, strict=True) if said == ERROR] == []
