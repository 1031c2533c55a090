"""Nothing grows beyond what can be read at one sitting."""

from __future__ import annotations

import ast
from typing import Final

from tests.support.source_code import EVERYTHING, SourceFile, source_files

#: Written once by Alembic's autogeneration and never edited again.
MIGRATIONS: Final = "/migrations/versions/"
MODULE_LINES: Final = 300
CLASS_LINES: Final = 200
FUNCTION_LINES: Final = 40


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {file.path: file.text.count("\n") for file in _files()}

    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_class_is_longer_than_200_lines() -> None:
    assert _longer_than(CLASS_LINES, (ast.ClassDef,)) == {}


def test_no_function_is_longer_than_40_lines() -> None:
    assert _longer_than(FUNCTION_LINES, (ast.FunctionDef, ast.AsyncFunctionDef)) == {}


def _files() -> list[SourceFile]:
    return [file for file in source_files(*EVERYTHING) if MIGRATIONS not in file.path]


def _longer_than(limit: int, kinds: tuple[type[ast.AST], ...]) -> dict[str, int]:
    found = {}
    for file in _files():
        for node in ast.walk(file.tree):
            if isinstance(node, kinds) and isinstance(
                node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            ):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > limit:
                    found[f"{file.path}:{node.lineno} {node.name}"] = lines
    return found
