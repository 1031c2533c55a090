"""Attachment contents are kept once, whole, and under their hash."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

import pytest

from engine.errors import ConfigurationError, NotFoundError
from engine.store.blobs import BlobStore

if TYPE_CHECKING:
    from pathlib import Path


def test_content_comes_back_under_its_hash(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "attachments")

    sha256 = store.put("采购文件".encode())

    assert sha256 == hashlib.sha256("采购文件".encode()).hexdigest()
    assert (tmp_path / "attachments" / sha256[:2] / sha256[2:4] / sha256).is_file()
    assert store.get(sha256) == "采购文件".encode()
    assert sha256 in store


def test_the_same_content_is_kept_once_by_any_number_of_writers(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    content = b"x" * 200_000

    threads = [threading.Thread(target=store.put, args=(content,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(store.hashes()) == [hashlib.sha256(content).hexdigest()]
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_file_cut_short_is_written_again(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    sha256 = store.put(b"whole content")
    (tmp_path / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"who")

    with pytest.raises(ConfigurationError, match="damaged"):
        store.get(sha256)
    store.put(b"whole content")

    assert store.get(sha256) == b"whole content"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "a" * 63, "0" * 64])
def test_what_is_no_stored_hash_is_not_found(tmp_path: Path, name: str) -> None:
    store = BlobStore(tmp_path)

    assert name not in store
    with pytest.raises(NotFoundError):
        store.get(name)
