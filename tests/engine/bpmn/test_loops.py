"""Multi-instance and standard loops: counters, order, completion, return into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.bpmn import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run

SIGNERS = ["wang", "li", "zhao", "qian", "sun"]


def test_parallel_instances_have_their_own_item(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS)

    waits = [wait for wait in case.waits if wait.element_id == "countersign"]

    assert [(wait.assignee, wait.loop_counter) for wait in waits] == [
        (name, number + 1) for number, name in enumerate(SIGNERS)
    ]
    assert "signer" not in case.variables


def test_completion_condition_cancels_the_rest(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS)

    case.complete("countersign", 4, outcome="yes")
    case.complete("countersign", 0, outcome="no")
    assert case.waiting_at.count("countersign") == 3
    case.complete("countersign", 1, outcome="yes")

    assert case.waiting_at == ["publish"]
    assert case.variables["votes"] == ["no", None, "yes", None, "yes"]
    assert case.cancelled.count("countersign") == 2
    assert "nrOfInstances" not in case.variables


def test_second_pass_after_a_return(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS[:1])
    for _ in range(3):
        case.complete("countersign", outcome="yes")
        case.complete("publish", outcome="return")

    assert case.waiting_at == ["countersign", "overdue"]


def test_interrupting_boundary_on_multi_instance(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS)
    case.complete("countersign", outcome="yes")

    case.pass_time(days=3)

    assert case.end_events == ("late",)
    assert case.cancelled.count("countersign") == 5  # four instances and the whole


def test_counters_are_visible_inside(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS)
    case.complete("countersign", 2, outcome="yes")

    inputs = case.wait("countersign").inputs

    assert (inputs["nrOfInstances"], inputs["nrOfActiveInstances"]) == (5, 4)
    assert (inputs["nrOfCompletedInstances"], inputs["loopCounter"]) == (1, 1)


def test_sequential_instances_come_in_order(run: Callable[..., Run]) -> None:
    case = run("multi_instance_sequential", approvers=["a", "b"])

    assert case.wait("approve").inputs["approver"] == "a"
    case.complete("approve", outcome="ok")
    assert case.wait("approve").inputs["approver"] == "b"
    case.complete("approve", outcome="ok")

    assert case.waiting_at == ["countersign", "countersign"]
    assert case.variables["results"] == [
        {"who": "a", "n": 1, "said": "ok"},
        {"who": "b", "n": 2, "said": "ok"},
    ]


def test_sequential_stops_at_the_condition(run: Callable[..., Run]) -> None:
    case = run("multi_instance_sequential", approvers=["a", "b", "c"])

    case.complete("approve", outcome="reject")

    assert "approve" not in case.waiting_at


@pytest.mark.parametrize("empty", [[], ()])
def test_empty_collection_passes(run: Callable[..., Run], empty: Any) -> None:
    case = run("multi_instance_sequential", approvers=empty)

    assert case.is_completed
    assert case.variables["results"] == []


def test_no_collection_is_an_error_with_the_element(run: Callable[..., Run]) -> None:
    with pytest.raises(ExpressionError) as caught:
        run("multi_instance_sequential", approvers="wang")

    assert caught.value.element_id == "approve"


def test_number_of_instances(run: Callable[..., Run]) -> None:
    case = run("multi_instance_number", suppliers=3)
    assert case.waiting_at == ["quote"] * 3

    for _ in range(3):
        case.complete("quote")

    assert case.is_completed


@pytest.mark.parametrize("suppliers", [-1, 1.5, "three", None, 10_001])
def test_wrong_number_is_an_error(run: Callable[..., Run], suppliers: Any) -> None:
    with pytest.raises(ExpressionError):
        run("multi_instance_number", suppliers=suppliers)


def test_sub_process_per_item_keeps_results_in_order(run: Callable[..., Run]) -> None:
    case = run("multi_instance_sub_process", packages=["A", "B"])
    assert [wait.loop_counter for wait in case.waits if wait.element_id == "quote"] == [1, 2]
    case.complete("quote", 1, price=20)
    case.complete("check")
    case.complete("quote", price=10)

    case.complete("check")

    assert case.end_events == ("done",)
    assert case.variables["prices"] == [10, 20]


def test_interrupting_boundary_on_a_multi_instance_sub_process(run: Callable[..., Run]) -> None:
    case = run("multi_instance_sub_process", packages=["A", "B"])
    case.complete("quote", price=1)

    case.message("stop")

    assert case.end_events == ("stopped",)


def test_jump_out_of_a_multi_instance_ends_all(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=SIGNERS)

    effect = case.jump("countersign", "publish", 2)

    assert [token.element_id for token in effect.cancelled] == ["countersign"]
    assert case.waiting_at == ["publish"]


def test_standard_loop(run: Callable[..., Run]) -> None:
    case = run("standard_loop", reminders=2)

    case.complete("correct", complete=False)
    case.complete("correct", complete=True)
    assert case.waiting_at == ["remind"]
    case.complete("remind")
    case.complete("remind")

    assert case.is_completed


def test_standard_loop_stops_at_its_maximum(run: Callable[..., Run]) -> None:
    case = run("standard_loop", reminders=0)

    for _ in range(4):
        case.complete("correct", complete=False)

    assert case.is_completed
