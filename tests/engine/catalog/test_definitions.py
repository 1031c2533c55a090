"""Parsed definitions are shared, bounded and never stale."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from engine.bpmn.rules import expressions
from engine.catalog import (
    BoundedCache,
    Catalog,
    Package,
    ResourceKind,
    find_packages,
    read_package,
)
from engine.embedded import Embedded
from engine.errors import DeploymentRefusedError, NotFoundError
from tests.engine.bpmn.bad_examples import S, flow, task
from tests.engine.bpmn.conftest import bpmn

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


def test_a_matter_goes_on_where_a_newer_rule_would_refuse_its_diagram(
    engine_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_to_itself = (
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="assignee"'
        ' value="initiator"/></zeebe:properties><zeebe:ioMapping><zeebe:output source="a"'
        ' target="a"/></zeebe:ioMapping></bpmn:extensionElements>'
    )
    body = S + task("a", text_to_itself) + task("b", text_to_itself)
    diagram = bpmn(body + flow("s", "a") + flow("a", "b"))
    with closing(Embedded(database_url=engine_database_url)) as embedded:
        with pytest.raises(DeploymentRefusedError):
            embedded.deploy(diagram)
        with monkeypatch.context() as before:
            before.setattr(expressions, "check", lambda *_: None)
            key = embedded.start(embedded.deploy(diagram))

    with closing(Embedded(database_url=engine_database_url)) as upgraded:
        (work,) = upgraded.open_work(key)
        upgraded.complete(work.key)

        assert [one.element_id for one in upgraded.open_work(key)] == ["b"]


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
