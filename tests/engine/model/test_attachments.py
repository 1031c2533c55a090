"""Catalogue 0.7: endings and contents are both checked, names are display only."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ValidationFailedError
from engine.model import attachments
from engine.model.attachments import check_attachment, clean_name

PDF = b"%PDF-1.7\n1 0 obj"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def archive(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("采购文件.pdf", PDF, "application/pdf"),
        ("采购文件.PDF", PDF, "application/pdf"),
        ("说明.doc", OLE2, "application/msword"),
        ("清单.xls", OLE2, "application/vnd.ms-excel"),
        ("说明.docx", archive("[Content_Types].xml", "word/document.xml"), attachments._WORD),
        ("清单.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), attachments._SHEET),
        ("a.jpg", b"\xff\xd8\xff\xe0x", "image/jpeg"),
        ("a.JPEG", b"\xff\xd8\xff\xe1x", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\nx", "image/png"),
        ("打包.zip", archive("文件.txt"), "application/zip"),
    ],
)
def test_allowed_kinds_pass(name: str, content: bytes, content_type: str) -> None:
    checked = check_attachment("files", name, content)

    assert checked.name == name
    assert checked.content_type == content_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("a.pdf", b"MZ\x90\0"),
        ("a.pdf", b""),
        ("没有扩展名", PDF),
        (".pdf.exe", PDF),
        ("a.docx", archive("xl/workbook.xml", "[Content_Types].xml")),
        ("a.docx", archive("word/document.xml")),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18),
        ("a.png", b"GIF89a"),
        ("page.html", b"<script>alert(1)</script>"),
        ("photo\u202egpj.exe", b"\xff\xd8\xff"),
    ],
)
def test_what_is_not_allowed_is_refused_at_the_field(name: str, content: bytes) -> None:
    with pytest.raises(ValidationFailedError) as refusal:
        check_attachment("plan_files", name, content)

    (error,) = refusal.value.errors
    assert (error.field, error.code) == ("plan_files", "ERR_ATTACHMENT")


def test_size_and_number_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_BYTES", 1_000_000)

    with pytest.raises(ValidationFailedError, match="larger than 1 MB"):
        check_attachment("files", "a.pdf", PDF + b"\0" * 1_000_000)
    with pytest.raises(ValidationFailedError, match="at most 20"):
        check_attachment("files", "a.pdf", PDF, already=20)
    assert check_attachment("files", "a.pdf", PDF, already=19).name == "a.pdf"


def test_a_field_may_narrow_the_kinds() -> None:
    with pytest.raises(ValidationFailedError):
        check_attachment("asset_form", "表.docx", OLE2, accept=frozenset({"pdf"}))
    assert check_attachment("asset_form", "表.pdf", PDF, accept=frozenset({"pdf", "exe"}))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\资料\\方案.pdf", "方案.pdf"),
        ("../../etc/方案.pdf", "方案.pdf"),
        ("方\u202e案\x00\n.pdf", "方案.pdf"),
        (unicodedata.normalize("NFD", "é.pdf"), "é.pdf"),
        (".pdf", "未命名.pdf"),
        ("  ", "未命名"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@given(st.text(max_size=400))
def test_a_cleaned_name_is_short_visible_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= attachments.MAX_NAME
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(cleaned)
    assert cleaned.isprintable() or " " in cleaned or "\u3000" in cleaned or "\u00a0" in cleaned
    assert clean_name(cleaned) == cleaned
