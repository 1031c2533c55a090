"""Every sentence that a person may read exists in Chinese and in English."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from tests.support.source_code import SourceFile, source_files

if TYPE_CHECKING:
    from collections.abc import Sequence

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
#: Calls that carry a message in both languages, Chinese first.
CARRIERS: Final = re.compile(r"(^|\.)_?(\w*Error|field_error|[Ff]inding|refuse\w*)$")


def test_chinese_messages_have_an_english_neighbour() -> None:
    alone = []
    seen = 0
    for file in source_files("engine", "handlers"):
        for call in _carriers(file):
            texts = _texts(call)
            seen += sum(bool(CHINESE.search(text)) for text in texts)
            alone += [f"{file.path}:{call.lineno} {text}" for text in _without_english(texts)]

    assert seen > 50
    assert alone == []


def test_messages_are_given_in_pairs_of_keywords() -> None:
    unpaired = [
        f"{file.path}:{call.lineno}"
        for file in source_files("engine", "handlers", "webui")
        for _name, call in file.calls()
        if len({"message_zh", "message_en"} & {keyword.arg for keyword in call.keywords}) == 1
    ]

    assert unpaired == []


def _carriers(file: SourceFile) -> list[ast.Call]:
    return [call for name, call in file.calls() if CARRIERS.search(name)]


def _texts(call: ast.Call) -> list[str]:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [_literal(value) for value in values]


def _literal(node: ast.expr) -> str:
    """Return the literal parts of a string expression, empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _literal(node.left) + _literal(node.right)
    return ""


def _without_english(texts: Sequence[str]) -> list[str]:
    alone = []
    for place, text in enumerate(texts):
        neighbour = "".join(texts[place + 1 : place + 2])
        translated = re.search(r"[A-Za-z]{2}", neighbour) and not CHINESE.search(neighbour)
        if CHINESE.search(text) and not translated:
            alone.append(text)
    return alone
