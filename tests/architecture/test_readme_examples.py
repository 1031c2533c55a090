"""The examples in the folders' READMEs run."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Any

import pytest

from engine.forms import read_form
from tests.support.source_code import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from engine.runtime import Engine


def test_the_example_of_the_engine_runs(engine: Engine, tmp_path: Path) -> None:
    run_example("engine", tmp_path, engine=engine)


def test_the_example_of_the_calendar_runs(tmp_path: Path) -> None:
    run_example("engine/calendar", tmp_path)


def test_the_example_of_the_handlers_runs(tmp_path: Path) -> None:
    count_days = run_example("handlers", tmp_path)["count_days"]

    assert count_days(None, first=1, last=1) == {"days": 1}


def test_the_example_of_the_forms_is_a_form() -> None:
    form = read_form(example("forms", "json").encode(), "leave/apply.form")

    assert form.id == "leave.apply"
    assert len(form.components) == 2


def run_example(folder: str, tmp_path: Path, **given: Any) -> dict[str, Any]:
    script = tmp_path / "example.py"
    script.write_text(example(folder, "python"), encoding="utf-8")
    return runpy.run_path(str(script), init_globals=given)


def example(folder: str, language: str) -> str:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    if found is None:
        pytest.fail(f"{folder}/README.md has no {language} example")
    return found[1]
