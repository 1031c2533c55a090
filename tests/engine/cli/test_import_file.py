"""procureflow import: what a person who brings a file sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from engine.bpmn import read_model
from tests.support.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
FILES: Final = ROOT / "tests" / "engine" / "importing" / "files"
LEAVE: Final = FILES / "camunda7" / "leave_request.bpmn"


def test_the_copy_and_its_forms_are_written_beside_each_other(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "leave_request.bpmn"

    status, said, _ = run("import", LEAVE, "--out", out)

    assert status == 0
    assert read_model(out.read_bytes()).process_id == "leave_request"
    assert (out.parent / "forms" / "leave_request" / "fill.form").is_file()
    assert "识别为 camunda7" in said
    assert "#Flow_03 条件：“${days > 3}”改为“=days > 3”。" in said
    assert "0 处必须人工处理" in said


def test_the_report_can_be_read_by_programs(run: Run) -> None:
    status, said, _ = run("import", LEAVE, "--json")

    report = json.loads(said)
    assert (status, report["dialect"], report["runnable"]) == (0, "camunda7", True)
    assert report["forms"] == ["leave_request/fill.form"]
    assert {"element_id", "kind", "before", "after", "message_zh", "message_en"} == set(
        report["changes"][0]
    )


def test_a_copy_that_a_person_must_finish_is_written_all_the_same(run: Run, tmp_path: Path) -> None:
    text = LEAVE.read_text(encoding="utf-8").replace("${days &gt; 3}", "${dao.isLong(days)}")
    source, out = tmp_path / "a.bpmn", tmp_path / "b.bpmn"
    source.write_text(text, encoding="utf-8")

    status, said, _ = run("import", source, "--out", out)

    assert status == 1
    assert "a.bpmn#Flow_03 错误" in said
    assert b"${dao.isLong(days)}" in out.read_bytes()


def test_the_original_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.bpmn"
    source.write_bytes(LEAVE.read_bytes())

    status, _, complaint = run("import", source, "--out", source)

    assert (status, source.read_bytes()) == (1, LEAVE.read_bytes())
    assert "原文件" in complaint


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    status, _, complaint = run("import", tmp_path / "none.bpmn")

    assert status == 1
    assert "none.bpmn" in complaint


def test_in_a_package_the_forms_go_where_the_package_looks(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "processes" / "leave_request" / "leave_request.bpmn"
    form = tmp_path / "forms" / "leave_request" / "fill.form"

    first, _, _ = run("import", LEAVE, "--out", out)
    again, _, _ = run("import", LEAVE, "--out", out)
    form.write_text("redrawn", encoding="utf-8")
    refused, _, complaint = run("import", LEAVE, "--out", out)

    assert (first, again, refused) == (0, 0, 1)
    assert "fill.form" in complaint
    assert form.read_text(encoding="utf-8") == "redrawn"
