"""The page for users names every finding, and the README's example runs."""

from __future__ import annotations

import re
import runpy
from typing import TYPE_CHECKING, Final

from tests.support.source_code import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PACKAGE: Final = ROOT / "engine" / "importing"
#: Findings of a file that is no model at all; there is nothing to do but to bring another one.
HOPELESS: Final = {"xml", "not-bpmn", "no-process"}
FLAG: Final = re.compile(r'(?:warn|refuse|_refused|flag)\(\s*(?:file,\s*)?"([a-z-]+)"')


def test_every_finding_is_explained_and_no_other() -> None:
    raised = {
        rule
        for path in PACKAGE.rglob("*.py")
        for rule in FLAG.findall(path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z-]+)`", page.split("## What needs a person")[1]))

    assert len(raised) > 25
    assert explained == raised - HOPELESS


def test_every_file_of_the_tables_is_there() -> None:
    for folder in (ROOT / "tests" / "engine" / "importing" / "files").iterdir():
        drawn = {path.stem for path in folder.glob("*.bpmn")}
        listed = set(
            re.findall(r'^  "([\w]+)": \{', (folder / "expected.json").read_text("utf-8"), re.M)
        )
        assert drawn == listed


def test_the_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text("utf-8"), re.S)
    assert found is not None
    script = tmp_path / "example.py"
    script.write_text(found[1], encoding="utf-8")
    monkeypatch.chdir(ROOT)

    runpy.run_path(str(script))

    assert capsys.readouterr().out.startswith("camunda7 True\n")
