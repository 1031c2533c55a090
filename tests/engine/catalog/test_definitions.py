"""Parsed definitions are shared, bounded and never stale."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from engine.catalog import (
    BoundedCache,
    Catalog,
    Package,
    ResourceKind,
    find_packages,
    read_package,
)
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_definition_is_loaded_and_parsed_once(package: Package) -> None:
    loads: list[str] = []

    def load(sha256: str) -> bytes:
        loads.append(sha256)
        return package.contents[sha256]

    catalog = Catalog(load)
    sha256 = next(item.sha256 for item in package.resources if item.file.endswith("class.dmn"))

    assert catalog.decision(sha256) is catalog.decision((sha256,))
    assert loads == [sha256]
    assert "leave_class" in catalog.decision(sha256).decisions


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    cache: BoundedCache[int, str] = BoundedCache(2)
    made: list[int] = []

    def value(key: int) -> str:
        made.append(key)
        return str(key)

    for key in (1, 2, 1, 3, 1, 2):
        assert cache.get(key, lambda key=key: value(key)) == str(key)  # type: ignore[misc]

    assert made == [1, 2, 3, 2]
    assert len(cache) == 2


def test_many_threads_get_the_same_object() -> None:
    cache: BoundedCache[str, object] = BoundedCache()
    barrier = threading.Barrier(8)
    found: list[object] = []

    def read() -> None:
        barrier.wait()
        found.append(cache.get("a", object))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(item) for item in found}) == 1


def test_packages_are_found_in_a_folder(leave: Path) -> None:
    assert find_packages(leave) == (leave,)
    assert find_packages(leave.parent) == (leave,)
    with pytest.raises(NotFoundError):
        find_packages(leave / "regions")
    with pytest.raises(NotFoundError):
        read_package(leave / "regions")


def test_later_texts_win() -> None:
    contents = {"a": '"同意" = "Agree"\n"退回" = "Return"'.encode(), "b": '"同意" = "OK"'.encode()}
    catalog = Catalog(contents.__getitem__)

    assert catalog.texts(("a", "b")) == {"同意": "OK", "退回": "Return"}


def test_the_head_is_read_again_from_its_bytes(package: Package) -> None:
    (info,) = package.of_kind(ResourceKind.INFO)

    assert package.catalog.process_info(info.sha256) == package.info
