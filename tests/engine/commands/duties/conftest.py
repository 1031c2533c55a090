"""An administration with the packages that are about people, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.duty_office import PACKAGES, duty_engine
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings

NAMES = ("four_eyes", "round_of_rules", *sorted(path.name for path in PACKAGES.glob("nobody_*")))


@pytest.fixture
def engine(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    """Give an engine with everybody and everything."""
    engine = duty_engine(settings, clock, *NAMES)
    yield engine
    engine.close()


@pytest.fixture
def filed(engine: Engine) -> Callable[..., ProcessDriver]:
    """Give a function that starts a package and hands in its first step."""

    def file(name: str, by: str = "jia") -> ProcessDriver:
        driver = ProcessDriver.start(engine, name, by=by)
        driver.complete("fill_claim", by=by)
        return driver

    return file
