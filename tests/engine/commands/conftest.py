"""An engine with the leave request deployed, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.leave_request import LeaveOffice, leave_engine
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def office() -> LeaveOffice:
    return LeaveOffice()


@pytest.fixture
def engine(settings: Settings, clock: FakeClock, office: LeaveOffice) -> Iterator[Engine]:
    engine = leave_engine(settings, clock, office)
    yield engine
    engine.close()


@pytest.fixture
def leave(engine: Engine) -> ProcessDriver:
    return ProcessDriver.start(engine, "leave_request", by="jia")


@pytest.fixture
def submitted(leave: ProcessDriver) -> ProcessDriver:
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})
    return leave
