"""An engine that takes lots, and the trading centre that sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.lots import Intake, furnished_lots, lot_registry
from tests.support.partners import PartnerProgram

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.conftest import Installed


@pytest.fixture
def intake() -> Intake:
    """Give what takes the lots."""
    return Intake()


@pytest.fixture
def engine(installed: Installed, intake: Intake) -> Engine:
    """Give an engine that takes lots, with an administrator."""
    return installed(furnished_lots, lot_registry(intake))


@pytest.fixture
def centre(engine: Engine) -> PartnerProgram:
    """Give the trading centre's program."""
    return PartnerProgram(engine)
