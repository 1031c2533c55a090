"""What may be attached (catalogue 0.7): names, sizes, kinds; nothing is trusted by its name."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.errors import ValidationFailedError, field_error

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FILES: Final = 20
MAX_BYTES: Final = 50_000_000
#: Characters, ending included; the column holds 255.
MAX_NAME: Final = 200
_MAX_ZIP_ENTRIES: Final = 10_000

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed.

    Attributes:
        name: cleaned name, for display only.
        content_type: media type of what the content really is.
    """

    name: str
    content_type: str


def check_attachment(
    field: str, name: str, content: bytes, *, already: int = 0, accept: frozenset[str] = frozenset()
) -> CheckedFile:
    """Check one uploaded file.

    Args:
        field: form path it is uploaded to, for the error.
        name: name as the browser sent it.
        content: the bytes.
        already: number of files that the field holds.
        accept: allowed endings without a dot; empty = all that the product allows.

    Raises:
        ValidationFailedError: ``ERR_ATTACHMENT`` at ``field``; the text says what to do.
    """
    if already >= MAX_FILES:
        raise _refuse(
            field, f"最多上传 {MAX_FILES} 个附件，请先删除一个。", f"at most {MAX_FILES} files"
        )
    cleaned = clean_name(name)
    ending = cleaned.rpartition(".")[2].lower()
    allowed = (accept or frozenset(_KINDS)) & frozenset(_KINDS)
    if ending not in allowed:
        listed = "、".join(sorted(allowed))
        raise _refuse(
            field,
            f"“{cleaned}”的类型不允许上传，请转换为：{listed}。",
            f"{cleaned!r} is not of an allowed type: {', '.join(sorted(allowed))}",
        )
    _check_size(field, cleaned, content)
    content_type, matches = _KINDS[ending]
    if not matches(content):
        raise _refuse(
            field,
            f"“{cleaned}”的内容不是 {ending} 文件（扩展名与内容不符），请用原程序重新导出后上传。",
            f"the content of {cleaned!r} is not {ending}; export it again and upload that",
        )
    return CheckedFile(cleaned, content_type)


def clean_name(name: str) -> str:
    """Return a name fit for display: NFC, no path, no control or direction characters.

    Source: catalogue 0.7; Unicode TR 36 §2 (U+202E turns ``gpj.exe`` round).
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if not _is_hidden(sign)).strip()
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:MAX_NAME] or "未命名"
    ending = ending.strip()
    stem = stem.strip(" .")[: MAX_NAME - len(ending) - 1]
    return f"{stem or '未命名'}.{ending}"[:MAX_NAME]


def _is_hidden(sign: str) -> bool:
    """Tell whether a character is a control, format, surrogate or private one."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _check_size(field: str, name: str, content: bytes) -> None:
    if not content:
        raise _refuse(field, f"“{name}”是空文件，请检查后重新上传。", f"{name!r} is empty")
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise _refuse(
            field,
            f"“{name}”超过 {limit} MB，请压缩或拆分后上传。",
            f"{name!r} is larger than {limit} MB; compress or split it",
        )


def _refuse(field: str, message_zh: str, message_en: str) -> ValidationFailedError:
    return field_error(field, "ERR_ATTACHMENT", message_zh, message_en)


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _zip_with(*folders: str) -> Callable[[bytes], bool]:
    """Match a readable zip that holds an entry in each of ``folders``; nothing is unpacked."""

    def matches(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError):
            return False
        return len(names) <= _MAX_ZIP_ENTRIES and all(
            any(name.startswith(folder) for name in names) for folder in folders
        )

    return matches


#: Ending -> media type and test of the content.
_KINDS: Final[dict[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", _starts(b"%PDF-")),
    "doc": ("application/msword", _starts(_OLE2)),
    "xls": ("application/vnd.ms-excel", _starts(_OLE2)),
    "docx": (_WORD, _zip_with("[Content_Types].xml", "word/")),
    "xlsx": (_SHEET, _zip_with("[Content_Types].xml", "xl/")),
    "jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "zip": ("application/zip", _zip_with()),
}
