"""The README lists what there is: commands from the parser, variables from the settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.databases import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

README = (ROOT / "engine" / "cli" / "README.md").read_text(encoding="utf-8")


def test_every_variable_is_listed_and_no_other() -> None:
    source = (ROOT / "engine" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'read\.\w+\(\s*"([A-Z_]+)"', source))
    partners = (ROOT / "engine" / "partners.py").read_text(encoding="utf-8")
    read |= set(re.findall(r'\.get\("PROCUREFLOW_([A-Z_]+)"', partners))

    listed = set(re.findall(r"`PROCUREFLOW_([A-Z_]+)`", README))

    assert len(read) > 10
    assert listed == read


def test_every_command_is_listed_and_no_other(
    run: Callable[..., tuple[int, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    offered = set(re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE))

    listed = set(re.findall(r"`procureflow ([a-z]+)", README.split("## Settings")[0]))

    assert len(offered) > 5
    assert listed == offered
