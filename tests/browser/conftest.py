"""Every test here drives real Chromium and fails on anything that went wrong inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import expect

from tests.support.browser import WIDE, Person, Watch, context_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.support.server import Server

expect.set_options(timeout=10_000)


class Enter(Protocol):
    """Opens a window for a person who is logged in."""

    def __call__(self, login: str, size: tuple[int, int] = ..., **options: Any) -> Person:
        """Log ``login`` in; ``options`` are those of a browser context."""


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fail on a CSP violation, an error on the console or a request to another place."""
    watch = Watch(server.address)
    yield watch
    assert watch.troubles == []


@pytest.fixture
def office_password() -> str:
    """Give everybody's password; empty where each has that of the demonstration data."""
    return ""


@pytest.fixture
def enter(chromium: Browser, server: Server, watch: Watch, office_password: str) -> Iterator[Enter]:
    """Let people in, each with a window and cookies of their own."""
    contexts = []

    def open_window(login: str, size: tuple[int, int] = WIDE, **options: Any) -> Person:
        context = context_of(chromium, size, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        person = Person(login, page, server.address, office_password)
        person.log_in()
        return person

    yield open_window
    for context in contexts:
        context.close()
