"""A small real package, and copies of it to break."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.catalog import Package, check_package, read_package
from engine.handler import HandlerRegistry, Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.errors import Finding

DATA = Path(__file__).parent / "data"


@pytest.fixture
def registry() -> HandlerRegistry:
    """Give the handlers and lookups that the package uses."""
    handlers = HandlerRegistry()
    handlers.add("leave.register", lambda _context, *, days: None, inside=True)
    handlers.add_lookup("leave.deputies", lambda _context: [Option(value="1", label="甲")])
    return handlers


@pytest.fixture
def leave(tmp_path: Path) -> Path:
    """Give a copy of the package's folder; forms lie beside it as in the product."""
    shutil.copytree(DATA, tmp_path / "copy")
    return tmp_path / "copy" / "processes" / "leave_request"


@pytest.fixture
def package(leave: Path) -> Package:
    """Give the package as it is."""
    return read_package(leave)


@pytest.fixture
def change(leave: Path) -> Callable[[str, str, str], None]:
    """Give a function that replaces a text in a file of the copy (file, old, new)."""

    def replace(file: str, old: str, new: str) -> None:
        path = leave / file if not file.startswith("forms/") else _form(leave, file)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def _form(leave: Path, file: str) -> Path:
    return leave.parent.parent / "forms" / "leave_request" / file.removeprefix("forms/")


@pytest.fixture
def found(leave: Path, registry: HandlerRegistry) -> Callable[[], list[Finding]]:
    """Give a function that reads and checks the copy."""
    return lambda: check_package(
        read_package(leave), registry, roles={"clerk", "dept_head", "city_head"}
    )
