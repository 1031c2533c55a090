"""Fixtures for the whole suite: databases of both kinds, a clock that is moved by hand."""

from __future__ import annotations

import gc
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Protocol

import pytest

from engine.clock import FakeClock
from engine.handler import HandlerRegistry
from engine.settings import Settings
from tests.support import databases
from tests.support.compiled import compile_once
from tests.support.databases import (
    OPENING,
    ThrowawayDatabases,
    migrated,
    without_records,
)
from tests.support.server import Server, supervised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from engine.runtime import Engine


def pytest_configure(config: pytest.Config) -> None:
    compile_once()
    if not hasattr(config, "workerinput"):
        databases.begin_session()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What takes long begins first: at the end no process waits for another's last test.
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("browser", "timeout"))))


def pytest_collection_finish() -> None:
    # Modules and thousands of tests stay to the end: the collector need not look at them again.
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.end_session()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        kinds = databases.chosen_kinds()
        # A page looks the same on both databases, and a browser takes its time.
        in_browser = metafunc.definition.get_closest_marker("browser") is not None
        metafunc.parametrize("database_kind", kinds[:1] if in_browser else kinds, scope="session")


@pytest.fixture(scope="session")
def throwaway_databases() -> Iterator[Callable[[str], ThrowawayDatabases]]:
    """Give the databases of a kind; the server starts with the first one that is asked for."""
    known = {kind: ThrowawayDatabases(kind) for kind in databases.KINDS}
    yield known.__getitem__
    for databases_of_kind in known.values():
        databases_of_kind.close()


@pytest.fixture
def database_url(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> Iterator[str]:
    """Give a migrated database without rows; the test runs once per kind of database."""
    with throwaway_databases(database_kind).copy("migrated", migrated) as url:
        yield url


@pytest.fixture
def engine_database_url(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> Iterator[str]:
    """Give a database with the tables of the engine only, as embedding programs have it."""
    with throwaway_databases(database_kind).copy("without_records", without_records) as url:
        yield url


@pytest.fixture
def empty_database_url(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> Iterator[str]:
    """Give a database without a schema, for tests of migrations."""
    with throwaway_databases(database_kind).empty() as url:
        yield url


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands at 2026-06-10 09:00 Beijing time."""
    return FakeClock(OPENING)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give settings for a migrated database and a data folder of the test's own."""
    return Settings(data_dir=tmp_path / "var", database_url=database_url)


@pytest.fixture
def engine(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    """Give an engine on a database without rows."""
    from tests.support.furniture import engine_on

    with engine_on(settings.database_url, settings.data_dir, clock) as engine:
        yield engine


class Installed(Protocol):
    """Opens an installation that was furnished once for all tests."""

    def __call__(
        self, furnish: Callable[[str], None], registry: HandlerRegistry | None = None
    ) -> Engine:
        """Open what ``furnish(url)`` makes of an empty database, with these handlers."""


@pytest.fixture
def installed(
    database_kind: str,
    throwaway_databases: Callable[[str], ThrowawayDatabases],
    clock: FakeClock,
    tmp_path: Path,
) -> Iterator[Installed]:
    """Give a way to open installations, each as it was furnished."""
    from engine.runtime import Engine
    from tests.support.furniture import PARSED

    databases_of_kind = throwaway_databases(database_kind)
    with ExitStack() as stack:

        def open_it(
            furnish: Callable[[str], None], registry: HandlerRegistry | None = None
        ) -> Engine:
            url = stack.enter_context(databases_of_kind.copy(furnish.__name__, furnish))
            settings = Settings(data_dir=tmp_path / "var", database_url=url)
            engine = Engine(
                settings, clock=clock, registry=registry or HandlerRegistry(), parsed=PARSED
            )
            return stack.enter_context(closing(engine))

        yield open_it


@pytest.fixture
def office_url(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> Iterator[str]:
    """Give a database with every procedure deployed and the demonstration data of 2026-06-10."""
    from tests.support.furniture import furnished

    with throwaway_databases(database_kind).copy("furnished", furnished) as url:
        yield url


@pytest.fixture
def office(office_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Engine]:
    """Give an engine in full furniture: what ``make run`` serves, at the scenarios' clock."""
    from tests.support.furniture import engine_on

    with engine_on(office_url, tmp_path / "var", clock) as engine:
        yield engine


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once for all tests of this process; a process can have one Playwright."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def server(office_url: str, tmp_path: Path) -> Iterator[Server]:
    """Start what ``make run`` serves as a process of its own; an error in its log fails."""
    with supervised(Server(office_url, tmp_path / "var")) as server:
        server.start()
        yield server
