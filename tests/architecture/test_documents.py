"""What the documents promise about files is true."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.source_code import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LINK: Final = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
CODE: Final = re.compile(r"`((?:tests|engine|tools|webui|handlers|processes)/[\w./-]+|setup\.cfg)`")
MACHINE_PATH: Final = re.compile(r"(?<![\w.])/(work|root|home)/\w")
SECTIONS: Final = ("Context", "Options", "Decision", "Consequences that hurt", "Confirmation")
DECISIONS: Final = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def test_relative_links_lead_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in _documents()
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]

    assert dead == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_every_section(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert tuple(headings) == SECTIONS


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_names_a_guard_that_exists(path: Path) -> None:
    confirmation = path.read_text(encoding="utf-8").partition("## Confirmation")[2]
    guards = CODE.findall(confirmation)

    assert guards
    assert [guard for guard in guards if not (ROOT / guard).exists()] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    found = [
        f"{name}:{number}"
        for name in _tracked()
        if name != "tests/architecture/test_documents.py"
        for number, line in enumerate(_lines(ROOT / name), start=1)
        if MACHINE_PATH.search(line)
    ]

    assert found == []


def _documents() -> list[Path]:
    return [ROOT / name for name in _tracked() if name.endswith(".md")]


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git from the path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
