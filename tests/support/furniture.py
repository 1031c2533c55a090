"""Furnishes a database as ``make run`` does and opens the engine on it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher

from engine.catalog import ParsedFiles, find_packages, read_package
from engine.cli.demo import LoadDemo
from engine.cli.installation import entry_point, load_handlers
from engine.clock import FakeClock
from engine.commands import DeployPackage
from engine.runtime import Engine
from engine.settings import Settings
from tests.support.databases import OPENING, ROOT, migrated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import Clock

#: A hash says what it cost to make: those who log in in tests do not wait for what delays thieves.
QUICK: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
#: The files of the procedures are parsed once for all installations of this process.
PARSED: Final = ParsedFiles()


@contextmanager
def engine_on(url: str, data_dir: Path, clock: Clock) -> Iterator[Engine]:
    """Give an engine with the handlers of this project on an existing database."""
    settings = Settings(data_dir=data_dir, database_url=url)
    load_handlers(settings.handler_package)
    engine = Engine(settings, clock=clock, parsed=PARSED)
    try:
        yield engine
    finally:
        engine.close()


def furnished(url: str) -> None:
    """Fill an empty database: schema, procedures, demonstration data of 2026-06-10."""
    migrated(url)
    with (
        tempfile.TemporaryDirectory() as data_dir,
        engine_on(url, Path(data_dir), FakeClock(OPENING)) as engine,
    ):
        for folder in find_packages(ROOT / "processes"):
            engine.execute(DeployPackage(package=read_package(folder)))
        loader = partial(entry_point(engine.settings.demo_loader), hash_password=QUICK.hash)
        engine.execute(LoadDemo(loader=loader))


def told(url: str, data_dir: Path) -> None:
    """Let the people of the demonstration do what they had done by 2026-06-10.

    Args:
        url: of a furnished database.
        data_dir: of the same installation; gets the attachments.
    """
    settings = Settings(data_dir=data_dir, database_url=url)
    entry_point(settings.demo_story)(settings, OPENING.date())
