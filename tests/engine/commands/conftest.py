"""An engine with the leave request deployed, on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.leave_request import LeaveOffice, furnished_leave
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.conftest import Installed


@pytest.fixture
def office() -> LeaveOffice:
    return LeaveOffice()


@pytest.fixture
def engine(installed: Installed, office: LeaveOffice) -> Engine:
    return installed(furnished_leave, office.registry())


@pytest.fixture
def leave(engine: Engine) -> ProcessDriver:
    return ProcessDriver.start(engine, "leave_request", by="jia")


@pytest.fixture
def submitted(leave: ProcessDriver) -> ProcessDriver:
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})
    return leave
