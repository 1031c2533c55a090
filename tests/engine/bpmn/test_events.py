"""Timer and error events on tiny models, reloaded before every step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError, WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_timers_remind_and_end(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")
    assert case.waiting_at == ["overdue", "reminded", "review"]

    case.pass_time(days=1)
    assert case.waiting_at == ["overdue", "remind", "reminded", "review"]

    case.pass_time(days=4)
    assert case.is_completed is False
    assert "review" in case.cancelled
    assert case.end_events == ("given_up",)


def test_missed_periods_fire_once(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")

    case.pass_time(days=2, hours=12)

    assert case.waiting_at.count("remind") == 1
    assert case.wait("reminded").due == case.now + timedelta(hours=12)


def test_completing_the_host_keeps_what_a_reminder_started(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")
    case.pass_time(days=1)

    case.complete("review")

    assert case.waiting_at == ["cooled", "remind"]


def test_intermediate_timers_wait(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")
    case.complete("review")
    wait = case.wait("cooled")
    assert (wait.kind, wait.due) == (WaitKind.TIMER, case.now + timedelta(days=7))

    case.pass_time(days=7)

    assert case.wait("date_reached").due == datetime(2026, 6, 30, 16, tzinfo=UTC)
    case.pass_time(days=30)
    assert case.is_completed


def test_error_end_event_reaches_its_boundary(run: Callable[..., Run]) -> None:
    case = run("error_events")

    case.complete("hold", rest=-1)

    assert case.end_events == ("refused",)
    assert "booking" in case.cancelled


def test_error_of_a_handler_reaches_the_boundary(run: Callable[..., Run]) -> None:
    case = run("error_events")

    assert case.throw("hold", "SOMETHING_ELSE", why="down") is True

    assert case.end_events == ("failed",)
    assert case.variables["why"] == "down"


def test_uncaught_error_of_a_handler_changes_nothing(start: Callable[..., Run]) -> None:
    case = start(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="u"/>'
        '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="u"/>'
    )
    before = case.state

    assert case.throw("u", "E") is False

    assert case.state == before


def test_uncaught_error_end_is_an_incident(start: Callable[..., Run]) -> None:
    with pytest.raises(UncaughtError) as caught:
        start(
            '<bpmn:startEvent id="s"/><bpmn:endEvent id="e">'
            '<bpmn:errorEventDefinition errorRef="x"/></bpmn:endEvent>'
            '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/>',
            before='<bpmn:error id="x" name="x" errorCode="X1"/>',
        )

    assert (caught.value.element_id, caught.value.error_code) == ("e", "X1")
