"""``procureflow verify-draw`` as somebody uses it who was given the protocol of a draw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.handlers.draws.draws import drawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


def protocol(folder: Path) -> Path:
    file = folder / "draw.json"
    file.write_text(json.dumps(drawn().document, ensure_ascii=False), "utf-8")
    return file


def test_a_right_protocol_is_right_without_a_database(
    run: Run, tmp_path: Path, installation: Path
) -> None:
    status, said, complaint = run("verify-draw", protocol(tmp_path))

    assert (status, complaint) == (0, "")
    assert said == "核对无误：抽取结果可由名单和各方随机数重新算出。\n"
    assert not installation.exists()


def test_a_changed_one_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    file = protocol(tmp_path)
    file.write_text(file.read_text("utf-8").replace('"EX063"', '"EX001"'), "utf-8")

    status, said, complaint = run("verify-draw", file)

    assert (status, said) == (1, "")
    assert "错误：文件被改动：摘要不符" in complaint
    assert "错误：“计算机网络”的名单含回避人员" in complaint


def test_what_was_noted_before_the_draw_is_compared(run: Run, tmp_path: Path) -> None:
    file = protocol(tmp_path)
    noted = drawn().document["protocol"]["list_sha256"]

    assert run("verify-draw", file, "--list", noted)[0] == 0
    status, _said, complaint = run("verify-draw", file, "--commitment", "0" * 64)
    assert status == 1
    assert "您记下的摘要" in complaint


def test_a_file_that_is_none_is_named(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.json"
    text.write_text("不是", "utf-8")

    assert "不是 JSON 文件" in run("verify-draw", text)[2]
    assert "无法读取文件" in run("verify-draw", tmp_path / "missing.json")[2]
