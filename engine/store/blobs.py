"""Contents of attachments: files named by their SHA-256, outside the database, never changed."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING, Final

from engine.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DRAFTS: Final = "incoming"


class BlobStore:
    """A folder ``ab/cd/<sha256>``.

    A file is written beside, synced and renamed, so a name always means whole content. Rows refer
    to hashes: an orphan file (the transaction rolled back) is harmless, a missing one never
    happens because the file is safe on disk before its row is committed.
    """

    def __init__(self, root: Path) -> None:
        """Use ``root``, made at the first write."""
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep ``content`` and return its hex SHA-256; the same content is kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.is_file() and path.stat().st_size == len(content):
            return sha256
        drafts = self._root / _DRAFTS
        _make_folder(drafts)
        _make_folder(path.parent)
        draft = drafts / secrets.token_hex(16)
        try:
            _write(draft, content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the content of a hash.

        Raises:
            NotFoundError: never stored here, or not a hash.
            ConfigurationError: the file was changed on disk.
        """
        path = self._path(sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("附件内容", "attachment content", sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ConfigurationError(
                f"附件文件 {sha256} 的内容已损坏，请联系管理员从备份恢复。",
                f"Attachment file {sha256} is damaged on disk; restore it from a backup.",
            )
        return content

    def __contains__(self, sha256: str) -> bool:
        """Tell whether content of this hash is stored."""
        try:
            return self._path(sha256).is_file()
        except NotFoundError:
            return False

    def hashes(self) -> Iterator[str]:
        """Yield every stored hash, for consistency checks."""
        for path in sorted(self._root.glob("??/??/*")):
            yield path.name

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotFoundError("附件内容", "attachment content", sha256[:64])
        return self._root / sha256[:2] / sha256[2:4] / sha256


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(path: Path) -> None:
    """Make a folder whose entry in its parent survives a power cut."""
    if path.is_dir():
        return
    _make_folder(path.parent)
    path.mkdir(exist_ok=True)
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
