"""Finds the files of a package on disk and refuses what does not belong there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from engine.catalog.resources import BASE
from engine.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILES: Final = 500
MAX_FILE_BYTES: Final = 2_000_000
_KNOWN: Final = frozenset({".bpmn", ".dmn", ".form", ".toml"})
_IGNORED: Final = frozenset({".md"})
_REGION: Final = re.compile(r"[1-9]\d{5}")


@dataclass(frozen=True, kw_only=True)
class PackageFile:
    """One file.

    Attributes:
        path: ``processes/<name>/…`` or ``forms/<name>/…`` with ``/``.
        content: its bytes.
    """

    path: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def name(self) -> str:
        """File name with its ending."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def stem(self) -> str:
        """File name without its ending."""
        return self.name.rsplit(".", 1)[0]

    @property
    def suffix(self) -> str:
        """Ending with the dot, lower case."""
        return "." + self.name.rsplit(".", 1)[-1].lower()

    @property
    def region(self) -> str:
        """Division code of the rung the file lies on."""
        parts = self.path.split("/")
        return parts[3] if len(parts) > 4 and parts[2] == "regions" else BASE


def list_files(folder: Path, shown: str, findings: list[Finding]) -> Iterator[PackageFile]:
    """Yield the files of ``folder`` in order; ``shown`` replaces the folder in their paths."""
    if not folder.is_dir():
        return
    count = 0
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_dir() or any(part.startswith(".") for part in relative.parts):
            continue
        name = f"{shown}/{relative.as_posix()}"
        count += 1
        fault = _fault(path, relative, count)
        if fault is not None:
            findings.append(_refuse(name, *fault))
        elif path.suffix.lower() in _KNOWN:
            yield PackageFile(path=name, content=path.read_bytes())


def _fault(path: Path, relative: Path, count: int) -> tuple[str, str, str] | None:
    """Return rule and texts of what is wrong with a file's place, kind or size."""
    if count > MAX_FILES:
        text = f"一个流程包最多 {MAX_FILES} 个文件。"
        return "too-many-files", text, f"a package holds at most {MAX_FILES} files"
    if path.is_symlink():
        return "symlink", "不允许使用符号链接，请放入文件本身。", "symbolic links are refused"
    if path.suffix.lower() not in _KNOWN | _IGNORED:
        return (
            "unexpected-file",
            "流程包只包含 .bpmn、.dmn、.form 和 .toml 文件；程序请放到 handlers/。",
            "a package holds .bpmn, .dmn, .form and .toml only; code belongs into handlers/",
        )
    if path.stat().st_size > MAX_FILE_BYTES:
        text = f"文件超过 {MAX_FILE_BYTES // 1_000_000} MB。"
        return "too-large", text, f"larger than {MAX_FILE_BYTES // 1_000_000} MB"
    return _misplaced(relative)


def _misplaced(relative: Path) -> tuple[str, str, str] | None:
    folders = relative.parts[:-1]
    if not folders:
        return None
    if folders[0] != "regions" or len(folders) != 2:
        return (
            "misplaced-file",
            "文件应放在流程包根目录或 regions/<六位区划代码>/ 下。",
            "files lie in the package's folder or in regions/<division code>/",
        )
    if not _REGION.fullmatch(folders[1]):
        return (
            "region-code",
            f"“{folders[1]}”不是六位行政区划代码。",
            f"{folders[1]!r} is not a division code of 6 digits",
        )
    return None


def _refuse(file: str, rule: str, message_zh: str, message_en: str) -> Finding:
    return Finding(
        rule=rule,
        severity="error",
        file=file,
        element_id="",
        message_zh=message_zh,
        message_en=message_en,
    )
