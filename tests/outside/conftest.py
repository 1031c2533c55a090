"""A furnished office whose outside systems are real services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.cli.installation import load_handlers
from engine.runtime import Engine
from engine.settings import Settings
from tests.support.furniture import PARSED
from tests.support.standins import OfficeClock, Standins

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def running_standins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standins]:
    """Start the stand-ins once."""
    standins = Standins(tmp_path_factory.mktemp("standins") / "var")
    standins.start()
    yield standins
    standins.kill()


@pytest.fixture
def standins(running_standins: Standins) -> Standins:
    """Give stand-ins that have got nothing yet."""
    running_standins.reset()
    return running_standins


@pytest.fixture
def clock() -> OfficeClock:
    """Give the office's clock; signatures are dated by the machine's."""
    return OfficeClock()


@pytest.fixture
def office(office_url: str, standins: Standins, clock: OfficeClock) -> Iterator[Engine]:
    """Give an engine in full furniture that talks to the stand-ins."""
    settings = Settings(
        data_dir=standins.data_dir, database_url=office_url, partners=standins.partners
    )
    load_handlers(settings.handler_package)
    engine = Engine(settings, clock=clock, parsed=PARSED)
    yield engine
    engine.close()
