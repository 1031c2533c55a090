"""An administration with the packages that are about people, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.duty_office import duty_registry, furnished_duties
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.conftest import Installed


@pytest.fixture
def engine(installed: Installed) -> Engine:
    """Give an engine with everybody and everything."""
    return installed(furnished_duties, duty_registry())


@pytest.fixture
def filed(engine: Engine) -> Callable[..., ProcessDriver]:
    """Give a function that starts a package and hands in its first step."""

    def file(name: str, by: str = "jia") -> ProcessDriver:
        driver = ProcessDriver.start(engine, name, by=by)
        driver.complete("fill_claim", by=by)
        return driver

    return file
