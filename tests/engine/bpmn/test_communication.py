"""Messages, signals, escalations, links, event gateways and event sub-processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import Interpreter, WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_messages_are_sent_and_awaited(run: Callable[..., Run]) -> None:
    case = run("message_events", letter="L-7")
    assert case.sent == [("message", "ask")]
    wait = case.wait("answered")
    assert (wait.kind, wait.name, wait.correlation_key) == (WaitKind.MESSAGE, "answer", "L-7")

    case.message("answer", text="同意")
    assert case.variables["text"] == "同意"
    case.message("receipt")
    job = case.wait("send_notice")
    assert (job.kind, job.job_type) == (WaitKind.JOB, "notice.send")
    case.complete("send_notice")
    case.complete("review")

    assert case.is_completed
    assert case.sent == [("message", "ask")] * 2


def test_boundary_messages_interrupt_or_not(run: Callable[..., Run]) -> None:
    case = run("message_events", letter=1)
    case.message("answer")
    case.message("receipt")
    case.complete("send_notice")

    case.message("ask")
    case.message("ask")
    assert case.waiting_at == ["asked_again", "review", "withdrawn"]
    assert case.passed.count("note_it") == 2

    case.message("withdraw")
    assert case.end_events == ("noted", "gone")


def test_the_start_event_is_chosen(run: Callable[..., Run]) -> None:
    case = run("message_start")
    assert case.waiting_at == ["fill"]

    other = Interpreter.start(case.model, {}, now=case.now, start_event="by_letter")

    assert [wait.element_id for wait in other.waits()] == ["read"]


def test_a_signal_reaches_every_listener_of_the_instance(run: Callable[..., Run]) -> None:
    case = run("signal_events")
    assert case.waiting_at == ["budget_open", "release", "reopened", "review"]

    case.complete("release")

    assert case.sent == [("signal", "budget"), ("signal", "closed")]
    assert case.waiting_at == ["look_again", "reopened", "review"]


def test_a_signal_from_outside(run: Callable[..., Run]) -> None:
    case = run("signal_events")

    case.signal("budget")

    assert "budget_open" not in case.waiting_at


def test_escalation_without_interruption(run: Callable[..., Run]) -> None:
    case = run("escalation_events")

    case.complete("try_it")

    assert case.waiting_at == ["finish", "tell_head"]
    case.complete("finish", outcome="yes")
    case.complete("tell_head")
    assert case.end_events == ("done", "told")


def test_escalation_end_event_interrupts(run: Callable[..., Run]) -> None:
    case = run("escalation_events")
    case.complete("try_it")

    case.complete("finish", outcome="no")

    assert case.end_events == ("given_up",)
    assert case.waiting_at == ["tell_head"]
    assert "work" in case.cancelled


def test_links_connect_pages(run: Callable[..., Run]) -> None:
    case = run("link_events")

    case.complete("fill")

    assert case.waiting_at == ["review"]
    assert "from_page_one" in case.passed


def test_event_gateway_first_event_wins(run: Callable[..., Run]) -> None:
    case = run("event_gateway")
    dues = {wait.element_id: wait.due for wait in case.waits if wait.due}
    assert dues["one_day"] != dues["two_days"]

    case.message("answer", text="yes")

    assert case.end_events == ("good",)
    assert case.variables == {"text": "yes"}
    assert "to_answered_from_first_of" in case.taken


def test_event_gateway_with_timer_and_receive_task(run: Callable[..., Run]) -> None:
    late, bad = run("event_gateway"), run("event_gateway")

    late.pass_time(days=1)
    bad.message("refusal")

    assert late.end_events == ("late",)
    assert bad.end_events == ("bad",)


def test_event_sub_process_beside_the_flow(run: Callable[..., Run]) -> None:
    case = run("event_sub_process")

    case.message("question")
    case.message("question")
    assert case.waiting_at.count("answer") == 2
    case.complete("review")
    case.complete("publish")
    assert not case.is_completed

    case.complete("answer")
    case.complete("answer")
    assert case.is_completed


def test_event_sub_process_interrupts_the_flow(run: Callable[..., Run]) -> None:
    case = run("event_sub_process")
    case.message("question")

    case.signal("stop")

    assert case.waiting_at == ["clean_up"]
    case.complete("clean_up")
    assert case.is_completed


def test_timer_of_an_event_sub_process(run: Callable[..., Run]) -> None:
    case = run("event_sub_process")

    case.pass_time(days=30)

    assert case.waiting_at.count("hurry") == 1
    assert "late" not in case.waiting_at


def test_error_event_sub_process_does_not_run_at_start(run: Callable[..., Run]) -> None:
    case = run("error_event_sub_process")
    assert case.waiting_at == ["pay", "watch"]

    assert case.throw("pay", "BANK")

    assert case.waiting_at == ["repair"]
    case.complete("repair", outcome="yes")
    assert case.end_events == ("done",)


def test_error_inside_the_handler_goes_outwards(run: Callable[..., Run]) -> None:
    case = run("error_event_sub_process")
    case.throw("pay", "BANK")

    case.complete("repair", outcome="no")

    assert case.end_events == ("refused",)
