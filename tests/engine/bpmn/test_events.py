"""Timer and error events on tiny models, reloaded before every step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError, WaitKind
from engine.bpmn.cron import next_cron
from engine.bpmn.timers import later

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


def test_missed_periods_fire_each_when_the_model_says_so(start: Callable[..., Run]) -> None:
    case = start(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="u"/><bpmn:task id="count"/>'
        '<bpmn:boundaryEvent id="b" attachedToRef="u" cancelActivity="false">'
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="missed" value="each"/>'
        "</zeebe:properties></bpmn:extensionElements><bpmn:timerEventDefinition>"
        "<bpmn:timeCycle>R5/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
        '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="u"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="b" targetRef="count"/>'
    )

    case.pass_time(days=3, hours=1)

    assert case.passed.count("count") == 3
    case.pass_time(days=30)
    assert case.passed.count("count") == 5
    assert case.waiting_at == ["u"]


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("0 0 9 * * MON-FRI", "2026-06-12T02:00:00+00:00", "2026-06-15T01:00:00+00:00"),
        ("30 9 * * *", "2026-06-10T01:00:00+00:00", "2026-06-10T01:30:00+00:00"),
        ("0 */15 * * * ?", "2026-06-10T01:01:00+00:00", "2026-06-10T01:15:00+00:00"),
        ("0 0 0 29 2 *", "2026-06-10T01:00:00+00:00", "2028-02-28T16:00:00+00:00"),
        ("@monthly", "2026-06-10T01:00:00+00:00", "2026-06-30T16:00:00+00:00"),
        ("0 0 9 * * 7", "2026-06-10T01:00:00+00:00", "2026-06-14T01:00:00+00:00"),
    ],
)
def test_cron_in_office_time(text: str, after: str, expected: str) -> None:
    assert next_cron(text, datetime.fromisoformat(after)).isoformat() == expected


@pytest.mark.parametrize("text", ["", "x", "1 2 3", "60 * * * *", "0 0 0 30 2 *", "* * * * * * *"])
def test_no_cron_text(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason
        next_cron(text, datetime(2026, 6, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("P1M", "2026-07-10T01:00:00+00:00"),
        ("P1Y2M3DT4H5M6S", "2027-08-13T05:05:06+00:00"),
        ("P2W", "2026-06-24T01:00:00+00:00"),
        ("PT0.5S", "2026-06-10T01:00:00.500000+00:00"),
    ],
)
def test_durations_are_exact(value: str, expected: str) -> None:
    assert later(datetime(2026, 6, 10, 1, tzinfo=UTC), value).isoformat() == expected


def test_last_day_of_a_shorter_month() -> None:
    assert later(datetime(2026, 1, 31, 1, tzinfo=UTC), "P1M").isoformat().startswith("2026-02-28")


@pytest.mark.parametrize("value", ["P", "PT", "1D", "", "P1H", "soon"])
def test_no_duration(value: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        later(datetime(2026, 6, 10, tzinfo=UTC), value)
