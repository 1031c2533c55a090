"""Conditional events, compensation, transactions, ad-hoc sub-processes, complex gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_condition_fires_when_it_becomes_true(run: Callable[..., Run]) -> None:
    case = run("conditional_events", amount=1, paid=False)
    assert case.waiting_at == ["review"]

    case.set(amount=200)
    assert case.waiting_at == ["look", "review"]
    case.set(amount=300)
    assert case.waiting_at == ["look", "review"]
    case.set(amount=1)
    case.set(amount=200)
    assert case.waiting_at == ["look", "look", "review"]


def test_condition_that_is_true_already_passes(run: Callable[..., Run]) -> None:
    case = run("conditional_events", amount=1, paid=True)

    case.complete("review")

    assert case.end_events == ("done",)


def test_condition_is_awaited(run: Callable[..., Run]) -> None:
    case = run("conditional_events", amount=1, paid=False)
    case.complete("review")
    assert not case.is_completed

    case.set(paid=True)

    assert case.is_completed


def test_compensation_runs_backwards(run: Callable[..., Run]) -> None:
    case = run("compensation")
    for _ in range(2):
        case.complete("hold")
        case.complete("publish")
        case.complete("review", outcome="again")
    case.complete("hold")
    case.complete("publish")

    case.complete("review", outcome="all")

    for expected in ["withdraw", "release"] * 3:
        assert case.waiting_at == [expected]
        case.complete(expected)
    assert case.end_events == ("undo_all",)


def test_compensation_of_one_activity(run: Callable[..., Run]) -> None:
    case = run("compensation")
    case.complete("hold")
    case.complete("publish")

    case.complete("review", outcome="part")
    assert case.waiting_at == ["withdraw"]
    case.complete("withdraw")
    assert case.waiting_at == ["review"]

    case.complete("review", outcome="all")
    assert case.waiting_at == ["release"]


def test_nothing_to_compensate_passes(run: Callable[..., Run]) -> None:
    case = run("compensation")
    case.complete("hold")
    case.complete("publish")
    case.complete("review", outcome="part")
    case.complete("withdraw")

    case.complete("review", outcome="part")

    assert case.waiting_at == ["review"]


def test_cancelled_transaction_is_undone(run: Callable[..., Run]) -> None:
    case = run("transaction")
    case.complete("sign")

    case.complete("pay", outcome="no")

    assert case.waiting_at == ["void"]
    assert "deliver" in case.cancelled
    case.complete("void")
    assert case.end_events == ("given_up",)
    assert case.is_completed


def test_completed_transaction_goes_on(run: Callable[..., Run]) -> None:
    case = run("transaction")
    for element_id in ("sign", "pay", "deliver"):
        case.complete(element_id, outcome="yes")

    assert case.end_events == ("done",)


def test_ad_hoc_ends_when_its_condition_is_true(run: Callable[..., Run]) -> None:
    case = run("ad_hoc", said=[], wanted=["c"])
    assert case.waiting_at == ["audit", "finance", "legal"]

    case.complete("audit", said=[1])
    case.complete("legal", said=[1, 2])

    assert "finance" in case.cancelled
    assert case.waiting_at == ["c"]


def test_ad_hoc_starts_again_while_its_condition_is_false(run: Callable[..., Run]) -> None:
    case = run("ad_hoc", said=[], wanted=[])
    for element_id in ("audit", "finance", "legal"):
        case.complete(element_id)

    assert case.waiting_at == ["audit", "finance", "legal"]


def test_ad_hoc_in_turn_follows_inner_flows(run: Callable[..., Run]) -> None:
    case = run("ad_hoc", said=[1, 2], wanted=["a", "b"])
    case.complete("legal")
    case.complete("a")
    case.complete("b")

    for expected in ("one", "two", "two_more"):
        assert case.waiting_at == [expected]
        case.complete(expected)
    assert case.is_completed


def test_ad_hoc_with_an_unknown_element_is_an_error(run: Callable[..., Run]) -> None:
    case = run("ad_hoc", said=[1, 2], wanted=["publish"])

    with pytest.raises(ExpressionError):
        case.complete("legal")


def test_complex_gateway_two_of_three(run: Callable[..., Run]) -> None:
    case = run("complex_gateway")
    case.complete("a")
    assert case.waiting_at == ["b", "c"]

    case.complete("c")
    assert case.waiting_at == ["b", "publish"]
    case.complete("b")
    assert case.waiting_at == ["publish"]
    assert case.passed.count("two_of_three") == 1

    case.complete("publish", outcome="return")
    case.complete("a")
    case.complete("b")
    assert case.waiting_at == ["c", "publish"]


def test_complex_gateway_passed_before_the_late_token(run: Callable[..., Run]) -> None:
    case = run("complex_gateway")
    case.complete("a")
    case.complete("b")
    case.complete("publish", outcome="done")

    case.complete("c")

    assert case.is_completed


def test_compensation_event_sub_process_undoes_its_scope(run: Callable[..., Run]) -> None:
    case = run("compensation_event_sub_process")
    case.complete("book", seat="7A")
    case.complete("review")

    for expected in ("inform", "unbook"):
        assert case.waiting_at == [expected]
        case.complete(expected)

    assert case.end_events == ("undo_all",)
