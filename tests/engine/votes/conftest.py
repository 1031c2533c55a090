"""The small office, in which signers vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.small_office import small_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def office(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    engine = small_office(settings, clock)
    yield engine
    engine.close()
