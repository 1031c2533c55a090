"""Errors, escalations and loop counters across called processes (BPMN 2.0.2 §10.5.7, §13.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError
from engine.embedded import Embedded
from engine.handler import BpmnError
from tests.support.leave_request import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterator


CALLS = PACKAGES / "embedding" / "calls"


def _files(*names: str) -> list[bytes]:
    return [(CALLS / f"{name}.bpmn").read_bytes() for name in names]


def _refuse(_context: object) -> None:
    raise BpmnError("BAD", {"measured": 7})


@pytest.fixture
def embedded(engine_database_url: str) -> Iterator[Embedded]:
    found = Embedded(database_url=engine_database_url)
    found.handlers.add("measure", _refuse, inside=False)
    found.handlers.add("count", _refuse, inside=True)
    found.deploy(*_files("ordering", "checking", "inspecting"))
    yield found
    found.close()


def _open(embedded: Embedded, matter: str) -> dict[str, str]:
    return {work.element_id: work.key for work in embedded.open_work(matter)}


def _look(embedded: Embedded, result: str) -> str:
    """Start, and let the inspection two calls deep come to ``result``; return the matter."""
    matter = embedded.start("ordering")
    embedded.complete(_open(embedded, matter)["look"], {"result": result})
    return matter


def test_an_error_leaves_every_called_process_up_to_its_catcher(embedded: Embedded) -> None:
    matter = _look(embedded, "bad")

    assert set(_open(embedded, matter)) == {"mend"}
    embedded.complete(_open(embedded, matter)["mend"])
    assert embedded.state(matter) == "completed"


@pytest.mark.parametrize("handler", ["measure", "count"])
def test_an_error_of_a_handler_is_caught_by_the_caller_with_its_variables(
    embedded: Embedded, handler: str
) -> None:
    matter = _look(embedded, handler)

    assert set(_open(embedded, matter)) == {"mend"}
    assert embedded.variables(matter)["measured"] == 7
    assert embedded.incidents() == []


def test_an_error_at_a_persons_task_is_caught_by_the_caller(embedded: Embedded) -> None:
    matter = embedded.start("ordering")

    embedded.throw_error(_open(embedded, matter)["look"], "BAD")

    assert set(_open(embedded, matter)) == {"mend"}


def test_an_error_that_no_caller_catches_changes_nothing(embedded: Embedded) -> None:
    matter = embedded.start("ordering")

    with pytest.raises(UncaughtError):
        embedded.throw_error(_open(embedded, matter)["look"], "UNKNOWN")

    assert set(_open(embedded, matter)) == {"look"}


def test_a_caller_that_is_not_interrupted_goes_on_beside_the_called_process(
    embedded: Embedded,
) -> None:
    matter = _look(embedded, "late")

    assert set(_open(embedded, matter)) == {"look_again", "remind"}
    embedded.complete(_open(embedded, matter)["look_again"])
    assert set(_open(embedded, matter)) == {"pay", "remind"}


def test_an_interrupting_escalation_stops_the_called_process_at_once(embedded: Embedded) -> None:
    matter = _look(embedded, "stop")

    assert set(_open(embedded, matter)) == {"ask"}
    passed = [step.element_id for step in embedded.history(matter) if step.event == "activated"]
    assert "look_again" not in passed


def test_what_a_called_process_gives_back_leaves_the_loop_its_counters(embedded: Embedded) -> None:
    embedded.deploy(*_files("lots", "checking_one"))
    matter = embedded.start("lots")

    for _ in range(3):
        assert "pay" not in _open(embedded, matter)
        embedded.complete(embedded.open_work(matter)[0].key)

    assert set(_open(embedded, matter)) == {"pay"}
