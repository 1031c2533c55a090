"""The procedures are checked and run with every handler of this project."""

from __future__ import annotations

import pytest

from engine.cli.installation import load_handlers


@pytest.fixture(scope="session", autouse=True)
def handlers_loaded() -> None:
    """Fill the registry, whichever test comes first."""
    load_handlers("handlers")
