"""A driver that saves and loads before every step, and a builder of tiny models."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.bpmn import Interpreter, ProcessModel, Wait, WaitKind, read_model
from engine.model.voting import Voter

if TYPE_CHECKING:
    from collections.abc import Callable

ELEMENTS = Path(__file__).parent / "elements"
START = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)


class Run:
    """One instance; every verb goes through a saved and loaded state document."""

    def __init__(self, model: ProcessModel, variables: dict[str, Any]) -> None:
        self.model = model
        self.now = START
        self.passed: list[str] = []
        self.taken: list[str] = []
        self.cancelled: list[str] = []
        self.sent: list[tuple[str, str]] = []
        self.interpreter = Interpreter.start(model, variables, now=self.now)
        self._after()

    def _after(self) -> None:
        for event in self.interpreter.take_events():
            kept = {
                "completed": self.passed,
                "taken": self.taken,
                "cancelled": self.cancelled,
            }.get(event.event)
            if kept is not None:
                kept.append(event.element_id)
        self.sent += [(out.kind, out.name) for out in self.interpreter.take_outbox()]
        self.state = self.interpreter.dump()
        self.interpreter = Interpreter.load(self.model, self.state)

    @property
    def waits(self) -> tuple[Wait, ...]:
        return self.interpreter.waits()

    @property
    def waiting_at(self) -> list[str]:
        """Ids of what waits, sorted, once per token."""
        return sorted(wait.element_id for wait in self.waits)

    @property
    def variables(self) -> dict[str, Any]:
        return self.interpreter.variables

    @property
    def is_completed(self) -> bool:
        return self.interpreter.is_completed

    @property
    def end_events(self) -> tuple[str, ...]:
        return self.interpreter.end_events

    def wait(self, element_id: str, number: int = 0) -> Wait:
        found = [wait for wait in self.waits if wait.element_id == element_id]
        assert len(found) > number, f"expected {element_id}, waiting at {self.waiting_at}"
        return found[number]

    def complete(self, element_id: str, number: int = 0, **variables: Any) -> None:
        token = self.wait(element_id, number).token_id
        self.interpreter.complete(token, variables, now=self.now)
        self._after()

    def begin_vote(self, voters: list[str]) -> None:
        """Give these people one ballot each."""
        wait = next(wait for wait in self.waits if wait.kind is WaitKind.VOTERS)
        people = [Voter(login) for login in voters]
        self.interpreter.begin_vote(wait.token_id, people, 1, now=self.now)
        self._after()

    def set(self, **variables: Any) -> None:
        self.interpreter.set_variables(variables, now=self.now)
        self._after()

    def throw(self, element_id: str, code: str, **variables: Any) -> bool:
        token = self.wait(element_id).token_id
        caught = self.interpreter.throw_error(token, code, variables, now=self.now)
        self._after()
        return caught

    def jump(self, element_id: str, target: str, number: int = 0) -> Any:
        token = self.wait(element_id, number).token_id
        effect = self.interpreter.jump([token], target, now=self.now)
        self._after()
        return effect

    def pass_time(self, **delta: float) -> None:
        """Move the clock and fire due timers, earliest first, until none is due."""
        self.now += timedelta(**delta)
        while due := self._due():
            self.interpreter.fire_timer(due[0].token_id, now=self.now)
            self._after()

    def _due(self) -> list[Wait]:
        timers = [
            wait
            for wait in self.waits
            if wait.kind is WaitKind.TIMER and wait.due is not None and wait.due <= self.now
        ]
        return sorted(timers, key=lambda wait: (wait.due or START, wait.token_id))

    def message(self, name: str, **variables: Any) -> None:
        wait = next(w for w in self.waits if w.kind is WaitKind.MESSAGE and w.name == name)
        self.interpreter.complete(wait.token_id, variables, now=self.now)
        self._after()

    def signal(self, name: str, **variables: Any) -> None:
        wait = next(w for w in self.waits if w.kind is WaitKind.SIGNAL and w.name == name)
        self.interpreter.complete(wait.token_id, variables, now=self.now)
        self._after()


HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="definitions" targetNamespace="http://procureflow.example/test">
"""


def bpmn(body: str, before: str = "") -> bytes:
    """Return a file with one executable process ``p``; bodies use the ``bpmn:`` prefix."""
    process = f'<bpmn:process id="p" name="测试" isExecutable="true">{body}</bpmn:process>'
    return f"{HEADER}{before}{process}</bpmn:definitions>".encode()


@pytest.fixture
def build() -> Callable[..., ProcessModel]:
    """Build a model from the inside of a process."""

    def made(body: str, before: str = "") -> ProcessModel:
        return read_model(bpmn(body, before), "p.bpmn")

    return made


@pytest.fixture
def run() -> Callable[..., Run]:
    """Start the model in ``elements/<name>.bpmn``."""

    def started(name: str, **variables: Any) -> Run:
        data = (ELEMENTS / f"{name}.bpmn").read_bytes()
        return Run(read_model(data, f"{name}.bpmn"), variables)

    return started


@pytest.fixture
def start(build: Callable[..., ProcessModel]) -> Callable[..., Run]:
    """Build a model from the inside of a process and start it."""

    def started(body: str, before: str = "", **variables: Any) -> Run:
        return Run(build(body, before), variables)

    return started
