"""The drawn files, what is expected of each, and a driver that completes whatever waits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from engine.bpmn import Interpreter, ProcessModel, Wait
from engine.importing import Imported, import_model

if TYPE_CHECKING:
    from collections.abc import Callable

FILES: Final = Path(__file__).parent / "files"
NOW: Final = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
#: More steps than any of the files needs.
MOST_STEPS: Final = 100

HEADS: Final = {
    "camunda7": 'xmlns:x="http://camunda.org/schema/1.0/bpmn"',
    "flowable": 'xmlns:x="http://flowable.org/bpmn"',
    "activiti": 'xmlns:x="http://activiti.org/bpmn"',
    "camunda8": 'xmlns:x="http://camunda.org/schema/zeebe/1.0"',
    "plain": "",
}


@dataclass(frozen=True)
class Drawn:
    """One file.

    Attributes:
        dialect: name of its folder.
        name: without ending.
        data: its bytes.
        row: what ``expected.json`` says about it.
    """

    dialect: str
    name: str
    data: bytes
    row: dict[str, Any]

    def imported(self) -> Imported:
        return import_model(self.data, f"{self.name}.bpmn")


def drawn_files() -> list[Drawn]:
    """Return all files in the order of the tables."""
    found = []
    for table in sorted(FILES.glob("*/expected.json")):
        for name, row in json.loads(table.read_text(encoding="utf-8")).items():
            data = (table.parent / f"{name}.bpmn").read_bytes()
            found.append(Drawn(table.parent.name, name, data, row))
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "drawn" in metafunc.fixturenames:
        files = drawn_files()
        metafunc.parametrize("drawn", files, ids=[f"{one.dialect}/{one.name}" for one in files])


class Walk:
    """One instance; saved and loaded before every step."""

    def __init__(self, model: ProcessModel, row: dict[str, Any]) -> None:
        self._model = model
        self._answers = row["answers"]
        self._fire = list(row["fire"])
        self.passed: list[str] = []
        self._case = Interpreter.start(model, row["variables"], now=NOW)
        self._note()

    @property
    def variables(self) -> dict[str, Any]:
        return self._case.variables

    @property
    def is_completed(self) -> bool:
        return self._case.is_completed

    def to_the_end(self) -> None:
        for _ in range(MOST_STEPS):
            waits = self._case.waits()
            if not waits:
                return
            chosen = self._choose(waits)
            answers = self._answers.get(chosen.element_id, {})
            self._case.complete(chosen.token_id, answers, now=NOW)
            self._note()

    def _choose(self, waits: tuple[Wait, ...]) -> Wait:
        for wait in waits:
            if self._fire and wait.element_id == self._fire[0]:
                del self._fire[0]
                return wait
        return next((wait for wait in waits if wait.host_token_id is None), waits[0])

    def _note(self) -> None:
        events = self._case.take_events()
        self.passed += [one.element_id for one in events if one.event == "completed"]
        self._case = Interpreter.load(self._model, self._case.dump())


@pytest.fixture
def walk() -> type[Walk]:
    return Walk


def whole_file(body: str, dialect: str = "camunda7", roots: str = "") -> bytes:
    """Return a file with one process ``p`` around ``body``; ``x:`` is the dialect's prefix."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'{HEADS[dialect]} targetNamespace="t">{roots}'
        f'<process id="p" isExecutable="true">{body}</process></definitions>'
    ).encode()


@pytest.fixture
def take_in() -> Callable[..., Imported]:
    """Import a process from its inside."""

    def imported(body: str, dialect: str = "camunda7", roots: str = "") -> Imported:
        return import_model(whole_file(body, dialect, roots), "p.bpmn")

    return imported
