"""批量同意: each task by itself through the one completion; what is refused stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.catalog import build_package
from engine.commands import AgreeInBatch, DeployPackage
from engine.errors import NotAllowedError, TaskGoneError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Worklist
from engine.queries.views import Box
from tests.support.counting import counted
from tests.support.leave_request import LeaveOffice, leave_engine
from tests.support.permit import permit_files
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def office(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    engine = leave_engine(settings, clock, LeaveOffice())
    files = permit_files("P5WD", {"batch": "agree", "opinion": "required"})
    engine.execute(DeployPackage(package=build_package("permit", files)))
    yield engine
    engine.close()


@pytest.fixture
def asked(office: Engine) -> Callable[[], ProcessDriver]:
    """Give another permit that waits at its review."""

    def ask() -> ProcessDriver:
        matter = ProcessDriver.start(office, "permit", by="jia")
        matter.complete("ask", by="jia")
        return matter

    return ask


def agree(matter: ProcessDriver, key: str, by: str = "yi", opinion: str = "同意。") -> None:
    command = AgreeInBatch(work_item_key=key, opinion=opinion)
    matter.engine.execute(command, Actor(login=by))


def test_every_task_is_done_by_itself(office: Engine, asked: Callable[[], ProcessDriver]) -> None:
    first, second = asked(), asked()
    rows = office.ask(Worklist(box=Box.TODO), Actor(login="yi")).rows
    assert [row.batch for row in rows] == [True, True]
    keys = [one.key_at("review") for one in (first, second)]
    office.ask(Worklist(box=Box.TODO), Actor(login="yi"))

    with counted(office) as counts:
        agree(first, keys[0])
    with pytest.raises(NotAllowedError):
        agree(second, keys[1], by="ding")
    with pytest.raises(ValidationFailedError):
        agree(second, keys[1], opinion="")
    with pytest.raises(TaskGoneError):
        agree(first, keys[0])

    assert (counts["commits"], first.state, second.state) == (1, "completed", "active")
    assert counts["statements"] <= 15
    done = next(line for line in first.audit() if line.element_name == "审查")
    assert done.detail["opinion"] == "同意。"


def test_only_where_the_step_allows_it(office: Engine) -> None:
    leave = ProcessDriver.start(office, "leave_request", by="jia")
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})
    rows = office.ask(Worklist(box=Box.TODO), Actor(login="yi")).rows
    assert [row.batch for row in rows] == [False]

    with pytest.raises(WrongStateError):
        agree(leave, leave.key_at("approve_request"))
