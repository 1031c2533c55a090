from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.webui.office_client import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


class _Inline(HTMLParser):
    """Finds what the Content-Security-Policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inline_script = (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        )
        if inline_script or tag == "style":
            self.found.append(tag)
        self.found += [name for name in given if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(
    "address",
    [
        "/worklist/todo",
        "/worklist/done",
        "/worklist/started",
        "/start",
        "/preferences",
        "/nowhere",
        "/tasks/1",
    ],
)
def test_every_page_is_guarded(person: Callable[[str], Person], address: str) -> None:
    page = person("zzyz_jb")
    text = page.get(address)

    inline = _Inline()
    inline.feed(text)
    assert inline.found == []
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


def test_the_task_page_has_nothing_inline(person: Callable[[str], Person]) -> None:
    page = person("zzyz_jb")
    page.start("plan_filing")

    inline = _Inline()
    inline.feed(page.page)

    assert inline.found == []


def test_the_log_in_page_is_guarded(app: Flask) -> None:
    stranger = Person(app.test_client())

    stranger.get("/login")

    assert "script-src 'self'" in stranger.headers["Content-Security-Policy"]
