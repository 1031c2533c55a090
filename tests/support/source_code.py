"""The project's own source files, parsed once for all architecture tests."""

from __future__ import annotations

import ast
import gc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("engine", "handlers", "webui")
EVERYTHING: Final = (*PRODUCT, "tools", "tests")


@dataclass(frozen=True)
class SourceFile:
    """One module.

    Attributes:
        path: relative to the root folder, with slashes.
        text: the source.
        tree: the parsed source.
    """

    path: str
    text: str
    tree: ast.Module

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Give every call with the dotted name that is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield dotted(node.func), node


@cache
def source_files(*folders: str) -> tuple[SourceFile, ...]:
    """Parse the modules of ``folders``; without names those of the product."""
    paths = [
        path
        for folder in folders or PRODUCT
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "node_modules" not in path.parts
    ]
    found = tuple(_parse(path) for path in paths)
    # The trees stay to the end; the collector need not look at their million nodes again and again.
    gc.freeze()
    return found


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names, only the known end of any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


@cache
def _parse(path: Path) -> SourceFile:
    text = path.read_text(encoding="utf-8")
    return SourceFile(path.relative_to(ROOT).as_posix(), text, ast.parse(text, str(path)))
