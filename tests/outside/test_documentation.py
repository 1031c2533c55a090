"""The examples for partners' developers are run against the real product."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from engine.partners import derived_key
from tests.support.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.server import Server

PAGE = (ROOT / "docs" / "outside.md").read_text(encoding="utf-8")


@pytest.fixture
def variables(server: Server, tmp_path: Path) -> dict[str, str]:
    """Give what a partner is told: address, key id, secret."""
    installation = (tmp_path / "var" / "secret_key").read_text(encoding="ascii").strip()
    key = derived_key(installation, "trading_centre", "trading_centre")
    return {"ADDRESS": server.address, "KEY_ID": key.key_id, "SECRET": key.secret.decode()}


@pytest.mark.timeout(240)
def test_both_examples_are_understood(variables: dict[str, str]) -> None:
    python = run([sys.executable, "-I", "-c", example("python", "import urllib")], variables)
    shell = run(["bash", "-euc", example("sh", "openssl dgst")], variables)

    assert python.startswith("202 ")
    for said in (python, shell):
        assert '"status": "held"' in said
        assert "ERR_UNMATCHED" in said


@pytest.mark.timeout(240)
def test_an_example_with_a_wrong_secret_is_refused(variables: dict[str, str]) -> None:
    wrong = variables | {"SECRET": "0" * 64}

    assert "ERR_SIGNATURE" in run(["bash", "-euc", example("sh", "openssl dgst")], wrong)


def run(command: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - the examples of our own page
        command, env=os.environ | variables, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def example(language: str, contains: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(next(text for text in found if contains in text))
