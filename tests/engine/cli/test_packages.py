"""lint and deploy: what an analyst sees."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.support.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
PROCESSES = ROOT / "processes"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the product's packages to break."""
    shutil.copytree(PROCESSES, tmp_path / "processes")
    shutil.copytree(ROOT / "forms", tmp_path / "forms")
    return tmp_path / "processes"


def test_the_products_packages_are_sound(run: Run) -> None:
    status, said, _ = run("lint", PROCESSES)

    assert (status, "0 个错误" in said) == (0, True), said


def test_a_broken_model_is_refused_whole_with_file_line_and_reason(run: Run, copy: Path) -> None:
    model = copy / "plan_filing" / "plan_filing.bpmn"
    text = model.read_text(encoding="utf-8")
    model.write_text(text.replace("</bpmn:process>", ""), encoding="utf-8")
    run("migrate")

    for command in ("lint", "deploy"):
        status, said, _ = run(command, copy)
        assert status == 1
        assert "processes/plan_filing/plan_filing.bpmn:" in said
        assert "错误" in said


def test_deploying_twice_makes_one_version(run: Run, copy: Path) -> None:
    run("migrate")

    first = run("deploy", copy)
    second = run("deploy", copy)
    info = copy / "plan_filing" / "process.toml"
    info.write_text(info.read_text("utf-8") + "\n# changed\n", encoding="utf-8")
    third = run("deploy", copy)

    assert [status for status, _, _ in (first, second, third)] == [0, 0, 0]
    assert "已部署 plan_filing 第 1 版" in first[1]
    assert "仍为第 1 版" in second[1]
    assert "第 2 版" in third[1]


def test_a_folder_without_packages_is_named(run: Run, tmp_path: Path) -> None:
    status, _, complaint = run("lint", tmp_path)

    assert status == 1
    assert "process.toml" in complaint


def test_findings_as_json(run: Run, copy: Path) -> None:
    (copy / "plan_filing" / "approve.py").write_text("x = 1\n", encoding="utf-8")

    status, said, _ = run("lint", copy, "--json", "--quiet")

    assert status == 1
    (finding,) = json.loads(said)
    assert finding["file"] == "processes/plan_filing/approve.py"
    assert finding["rule"] == "unexpected-file"
