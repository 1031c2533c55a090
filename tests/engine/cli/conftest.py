"""The command line in this process, on a database of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the settings to an empty folder; returns it."""
    for name in ("DATABASE_URL", "CLOCK", "LANGUAGE", "PORT"):
        monkeypatch.delenv(f"PROCUREFLOW_{name}", raising=False)
    monkeypatch.setenv("PROCUREFLOW_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def run(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Give a function that runs a command line: (status, stdout, stderr)."""
    assert installation.name == "var"

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(item) for item in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call
