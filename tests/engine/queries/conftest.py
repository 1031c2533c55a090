"""The leave request for questions about it, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.commands.conftest import engine, leave, office, submitted
from tests.engine.queries.leave_lists import Submit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

__all__ = ["engine", "leave", "office", "submit", "submitted"]


@pytest.fixture
def submit(engine: Engine, clock: FakeClock) -> Submit:
    """Give a way to hand in leave requests."""
    return Submit(engine, clock)
