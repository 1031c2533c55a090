"""An engine that takes lots, and the trading centre that sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.lots import Intake, lot_engine
from tests.support.partners import PartnerProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def intake() -> Intake:
    """Give what takes the lots."""
    return Intake()


@pytest.fixture
def engine(settings: Settings, clock: FakeClock, intake: Intake) -> Iterator[Engine]:
    """Give an engine that takes lots, with an administrator."""
    engine = lot_engine(settings, clock, intake)
    yield engine
    engine.close()


@pytest.fixture
def centre(engine: Engine) -> PartnerProgram:
    """Give the trading centre's program."""
    return PartnerProgram(engine)
