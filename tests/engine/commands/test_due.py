"""A worker looks once before it takes: the look sees what each of its steps would take.

Timers, alarms, jobs and addressed messages are seen by the tests that let a worker run; here are
the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.catalog import read_package
from engine.commands import (
    DeployPackage,
    FireDueTimer,
    PublishCalendar,
    RecountDeadlines,
    SpreadNotices,
)
from engine.model.keys import new_key
from engine.model.notices import Notice, NoticeEvent
from engine.model.participants import Actor
from engine.queries import AnythingDue
from tests.engine.commands.test_publish_calendar import notice as of_a_year
from tests.support.leave_request import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.commands.services import Command, Services
    from engine.runtime import Engine

    Arrange = Callable[[Engine, FakeClock], None]


@dataclass(frozen=True)
class Unsent:
    """A line that the channels have not been served for."""

    def execute(self, services: Services) -> None:
        line = Notice(
            key=new_key(), login="jia", event=NoticeEvent.URGED, at=services.now, spread=False
        )
        services.store.notices.add([line])


def a_start_timer(engine: Engine, clock: FakeClock) -> None:
    engine.execute(DeployPackage(package=read_package(PACKAGES / "processes" / "courier")))
    assert not engine.ask(AnythingDue())
    clock.advance(timedelta(days=1, hours=1))


def a_published_year(engine: Engine, _clock: FakeClock) -> None:
    command: PublishCalendar = of_a_year()
    engine.execute(command, Actor(login="boss"))


def an_unsent_notice(engine: Engine, _clock: FakeClock) -> None:
    engine.execute(Unsent())


@pytest.mark.parametrize(
    ("arrange", "step"),
    [
        (a_start_timer, FireDueTimer()),
        (a_published_year, RecountDeadlines()),
        (an_unsent_notice, SpreadNotices()),
    ],
)
def test_the_look_sees_what_the_step_takes(
    engine: Engine, clock: FakeClock, arrange: Arrange, step: Command[bool]
) -> None:
    assert not engine.ask(AnythingDue())

    arrange(engine, clock)

    assert engine.ask(AnythingDue())
    while engine.execute(step):
        pass
    assert not engine.ask(AnythingDue())
