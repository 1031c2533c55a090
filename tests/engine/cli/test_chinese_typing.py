"""Full-width signs of a Chinese keyboard: ``lint`` names the half-width sign to type instead.

FEEL counts most of them among the letters of names, so that they would become silent nulls.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from tests.support.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

MODEL: Final = "processes/plan_filing/plan_filing.bpmn"
TABLE: Final = "processes/plan_filing/regions/410100/intention_window.dmn"
FORM: Final = "forms/plan_filing/regions/410100/fill_plan.form"
CONDITION: Final = '=outcome = "approve"'
CELL: Final = "<text>&lt; 30</text>"
HIDE: Final = r'"=intention_linked != \"yes\""'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the shipped packages to break."""
    for folder in ("processes", "forms"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def spoil(copy: Path, file: str, old: str, typed: str) -> int:
    """Replace the first ``old`` in a file; returns the line it stood in."""
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, typed, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def errors(run: Run, copy: Path) -> list[dict[str, Any]]:
    """Return what ``lint`` refuses; it must refuse something."""
    status, said, _ = run("lint", copy / "processes", "--json")
    found = [item for item in json.loads(said) if item["severity"] == "error"]
    assert (status, bool(found)) == (1, True)
    return found


class Slip(NamedTuple):
    """One mistake: ``wrong`` stands in ``typed`` where ``right`` should."""

    file: str
    element: str
    shipped: str
    typed: str
    wrong: str
    right: str


SLIPS: Final = [
    Slip(MODEL, "to_dept_review", CONDITION, '=outcome ＝ "approve"', "＝", "="),
    Slip(MODEL, "to_dept_review", CONDITION, '=outcome！＝"approve"', "！＝", "!="),
    Slip(MODEL, "to_dept_review", CONDITION, '=outcome == "approve"', "==", "="),
    Slip(MODEL, "to_dept_review", CONDITION, "=outcome = “approve”", "“", '"'),
    Slip(MODEL, "to_dept_review", CONDITION, "=outcome = ＂approve＂", "＂", '"'),
    Slip(MODEL, "to_dept_review", CONDITION, "=outcome = ‘approve’", "‘", '"'),
    Slip(MODEL, "to_dept_review", CONDITION, '=（outcome = "approve")', "（", "("),
    Slip(MODEL, "to_dept_review", CONDITION, f"{CONDITION}。", "。", "."),
    Slip(MODEL, "to_dept_review", CONDITION, f"{CONDITION} &amp;&amp; true", "&&", "and"),
    Slip(MODEL, "to_dept_review", CONDITION, f"{CONDITION} ｜｜ true", "｜｜", "or"),
    Slip(MODEL, "to_dept_review", CONDITION, f"{CONDITION} and amount＞100", "＞", ">"),
    Slip(MODEL, "to_dept_review", CONDITION, f"{CONDITION} and amount &gt; １00", "１", "1"),
    Slip(MODEL, "to_dept_review", CONDITION, '=outcome in ("approve"、"return")', "、", ","),
    Slip(MODEL, "to_dept_review", CONDITION, '=outcome in ["approve"，"return"]', "，", ","),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>＜ 30</text>", "＜", "<"),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>&lt;＝ 30</text>", "＝", "="),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>≤ 30</text>", "≤", "<="),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>［0..30)</text>", "［", "["),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>[0…30)</text>", "…", ".."),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>1，2</text>", "，", ","),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>1、2</text>", "、", ","),
    Slip(TABLE, "intention_window_3_in_1", CELL, "<text>&lt; ３０</text>", "３", "3"),
    Slip(TABLE, "intention_window_1_out_2", '"NOT_OWN_UNIT"</text>', "“OK”</text>", "“", '"'),
    Slip(FORM, "intention_id", HIDE, r'"=intention_linked ！= \"yes\""', "！=", "!="),
    Slip(FORM, "intention_id", HIDE, '"=intention_linked != “yes”"', "“", '"'),
    Slip(FORM, "intention_id", HIDE, r'"＝intention_linked != \"yes\""', "＝", "="),
    Slip(FORM, "intention_id", HIDE, r'"=intention_linked == \"yes\""', "==", "="),
    Slip(FORM, "intention_id", HIDE, r'"=not（intention_linked = \"yes\")"', "（", "("),
    Slip(FORM, "intention_id", HIDE, r'"=intention_linked != \"yes\"；"', "；", ","),
    Slip(FORM, "intention_id", HIDE, r'"=intention_linked != \"yes\" ＆＆ true"', "＆＆", "and"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.element}:{slip.typed}")
def test_lint_names_the_sign_to_type(run: Run, copy: Path, slip: Slip) -> None:
    spoil(copy, slip.file, slip.shipped, slip.typed)

    first = errors(run, copy)[0]

    assert (first["file"], first["element_id"]) == (slip.file, slip.element)
    assert f"不能使用“{slip.wrong}”，请改用英文半角的 {slip.right} 。" in first["message_zh"]
    assert f"Type {slip.right} instead of {slip.wrong}." in first["message_en"]


def test_what_is_right_is_not_refused(run: Run, copy: Path) -> None:
    spoil(copy, MODEL, CONDITION, '=outcome = "approve" and "（甲）、乙：＞100。" != ""')

    status, said, _ = run("lint", copy / "processes")

    assert (status, "0 个错误" in said) == (0, True), said


def test_a_full_width_sign_in_front_of_a_condition_is_no_mark(run: Run, copy: Path) -> None:
    spoil(copy, MODEL, CONDITION, '＝outcome = "approve"')

    first = errors(run, copy)[0]

    assert (first["rule"], first["element_id"]) == ("expression-mark", "to_dept_review")
    assert "请以英文半角的“=”开头" in first["message_zh"]


def test_the_line_says_file_place_and_what_to_type(run: Run, copy: Path) -> None:
    line = spoil(copy, MODEL, CONDITION, '=outcome ＝ "approve"')

    status, said, _ = run("lint", copy / "processes", "--quiet")

    # the finding points to the flow, whose condition is the line after
    assert status == 1
    assert said.startswith(f"{MODEL}:{line - 1}#to_dept_review 错误: ")
    assert "第1行第9列" in said


@pytest.mark.parametrize(
    ("file", "old", "typed"),
    [
        (MODEL, CONDITION, '=outcome ＝ "approve"'),
        (TABLE, CELL, "<text>＜ 30</text>"),
        (FORM, HIDE, '"=intention_linked != “yes”"'),
    ],
)
def test_such_a_package_is_not_deployed(
    run: Run, copy: Path, file: str, old: str, typed: str
) -> None:
    spoil(copy, file, old, typed)
    run("migrate")

    status, said, _ = run("deploy", copy / "processes")

    assert status == 1
    assert "请改用英文半角的" in said
    assert "已部署 plan_filing" not in said


def test_in_english_when_asked(run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(copy, TABLE, CELL, "<text>＜ 30</text>")
    monkeypatch.setenv("PROCUREFLOW_LANGUAGE", "en")

    status, said, _ = run("lint", copy / "processes", "--quiet")

    assert status == 1
    assert "Type < instead of ＜." in said
