"""Events without definition, tasks, gateways: each on its own tiny model, reloaded every step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from engine.bpmn import Interpreter, NoFlowError, WaitKind
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_none_events_pass(run: Callable[..., Run]) -> None:
    case = run("none_events")
    assert case.waiting_at == ["review"]

    case.complete("review")

    assert case.is_completed
    assert case.end_events == ("done",)
    assert case.passed == ["requested", "noted", "review", "done"]
    assert case.taken == ["to_noted_from_requested", "to_review_from_noted", "to_done_from_review"]


def test_tasks_report_what_they_wait_for(run: Callable[..., Run]) -> None:
    case = run("tasks", price=Decimal("1.10"), clerk="li")
    assert case.variables["total"] == Decimal("2.20")
    assert case.wait("sign").kind is WaitKind.MANUAL_TASK

    case.complete("sign")
    job = case.wait("hold")
    assert (job.kind, job.job_type, job.inputs) == (
        WaitKind.JOB,
        "budget.hold",
        {"amount": Decimal("2.20")},
    )
    assert case.model.elements["hold"].retries == 5
    assert case.model.elements["hold"].task_headers == {"kind": "plan"}

    case.complete("hold", hold_id="H1", secret="x")
    assert case.variables["hold"] == "H1"
    assert "secret" not in case.variables
    decision = case.wait("decide")
    assert (decision.kind, decision.decision_id, decision.result_variable) == (
        WaitKind.DECISION,
        "method",
        "method",
    )

    case.complete("decide", method="公开招标")
    call = case.wait("approve")
    assert (call.kind, call.called_process, call.inputs) == (
        WaitKind.CALL,
        "approval",
        {"way": "公开招标"},
    )

    case.complete("approve", result=True, noise=1)
    assert case.variables["approved"] is True
    assert "noise" not in case.variables


def test_user_task_evaluates_people_and_times_once(run: Callable[..., Run]) -> None:
    case = run("tasks", price=1, clerk="li")
    for element_id in ("sign", "hold", "decide", "approve"):
        case.complete(element_id, hold_id="H", method="m", result=True)
    case.interpreter._machine.root.data["clerk"] = "somebody else"

    task = case.wait("file")

    assert task.assignee == "li"
    assert task.candidate_groups == ("archivist", "head")
    assert task.due_date == "P3D"
    assert task.follow_up == case.now + timedelta(days=1)
    assert task.priority == 80
    assert case.model.elements["file"].properties == {"unit": "own"}


def test_answers_of_a_form_do_not_become_variables(run: Callable[..., Run]) -> None:
    case = run("tasks", price=1, clerk="li")
    for element_id in ("sign", "hold", "decide", "approve"):
        case.complete(element_id, hold_id="H", method="m", result=True)

    case.complete("file", outcome="complete", shelf="B7")

    assert case.is_completed
    assert case.variables["outcome"] == "complete"
    assert "shelf" not in case.variables


@pytest.mark.parametrize(
    ("outcome", "amount", "expected"),
    [
        ("approve", 5, ["publish"]),
        ("return", 5, ["review"]),
        ("reject", 5, []),
        ("approve", 0, []),
    ],
)
def test_exclusive_gateway_takes_the_first_true_flow(
    run: Callable[..., Run], outcome: str, amount: int, expected: list[str]
) -> None:
    case = run("exclusive_gateway", amount=amount)

    case.complete("review", outcome=outcome)

    assert case.waiting_at == expected
    ends = {"reject": ("rejected",), "approve": ("published",)}
    assert case.end_events == (() if expected else ends[outcome])


def test_outcomes_are_drawn(run: Callable[..., Run]) -> None:
    model = run("exclusive_gateway", amount=1).model

    found = model.outcomes("review")

    assert [(o.key, o.label, o.target_id) for o in found] == [
        ("return", "退回", "review"),
        ("approve", "同意", "publish"),
    ]
    assert [o.key for o in model.outcomes("publish")] == ["complete"]


def test_two_true_conditions_document_order(start: Callable[..., Run]) -> None:
    case = start(
        """<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g"/>
        <bpmn:userTask id="low"/><bpmn:userTask id="high"/>
        <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
        <bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="low">
          <bpmn:conditionExpression>=x &gt; 1</bpmn:conditionExpression></bpmn:sequenceFlow>
        <bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="high">
          <bpmn:conditionExpression>=x &gt; 0</bpmn:conditionExpression></bpmn:sequenceFlow>""",
        x=5,
    )

    assert case.waiting_at == ["low"]


def test_no_true_condition_is_an_error_with_the_element(run: Callable[..., Run]) -> None:
    with pytest.raises(NoFlowError) as caught:
        run("exclusive_no_default", amount=70)

    assert caught.value.element_id == "is_big"
    assert "大额" in caught.value.message_zh


def test_parallel_gateway_waits_for_every_branch(run: Callable[..., Run]) -> None:
    case = run("parallel_gateway")
    assert case.waiting_at == ["finance", "legal", "technical"]

    case.complete("finance")
    case.complete("technical")
    assert case.waiting_at == ["legal"]

    case.complete("legal")
    assert case.end_events == ("done",)
    assert case.passed.count("join") == 1


def test_parallel_join_in_a_loop_never_fires_early(run: Callable[..., Run]) -> None:
    case = run("parallel_in_loop")

    for _ in range(5):
        case.complete("left")
        assert case.waiting_at == ["right"]
        case.complete("right")
        assert case.waiting_at == ["review"]
        case.complete("review", outcome="return")
        assert case.waiting_at == ["left", "right"]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"legal": True, "amount": 200}, ["finance", "legal"]),
        ({"legal": True, "amount": 1}, ["legal"]),
        ({"legal": False, "amount": 1}, ["plain"]),
    ],
)
def test_inclusive_gateway_waits_for_the_branches_taken(
    run: Callable[..., Run], variables: dict[str, Any], expected: list[str]
) -> None:
    case = run("inclusive_gateway", **variables)
    assert case.waiting_at == expected

    for element_id in expected:
        assert "publish" not in case.waiting_at
        case.complete(element_id)

    assert case.waiting_at == ["publish"]


def test_inclusive_join_waits_for_a_branch_that_loops(run: Callable[..., Run]) -> None:
    case = run("inclusive_with_loop")

    case.complete("finance")
    case.complete("legal", outcome="again")
    assert case.waiting_at == ["legal"]

    case.complete("legal", outcome="on")
    assert case.waiting_at == ["publish"]
    assert case.passed.count("join") == 1


def test_sub_process_maps_in_and_out(run: Callable[..., Run]) -> None:
    case = run("sub_process", amount=1)
    assert case.waiting_at == ["look"]
    assert case.wait("look").inputs["inner_amount"] == 1

    case.complete("look", inner_amount=41)

    assert case.waiting_at == ["publish"]
    assert case.variables == {"amount": 1, "checked_amount": 42}


def test_terminate_ends_everything_in_its_scope(run: Callable[..., Run]) -> None:
    case = run("terminate_end")

    case.complete("stop")

    assert case.is_completed
    assert case.end_events == ("stopped",)
    assert "ask" in case.cancelled


def test_a_thousand_returns_in_one_instance(run: Callable[..., Run]) -> None:
    case = run("exclusive_gateway", amount=1)
    first = case.state

    for _ in range(1000):
        case.complete("review", outcome="return")

    assert case.waiting_at == ["review"]
    assert len(case.state) < len(first) + 40
    assert len({wait.token_id for wait in case.waits}) == 1


def test_token_ids_are_never_used_twice(run: Callable[..., Run]) -> None:
    case = run("exclusive_gateway", amount=1)
    seen = set()
    for _ in range(50):
        token = case.wait("review").token_id
        assert token not in seen
        seen.add(token)
        case.complete("review", outcome="return")


def test_a_finished_token_cannot_be_completed_again(run: Callable[..., Run]) -> None:
    case = run("parallel_gateway")
    token = case.wait("legal").token_id
    case.complete("legal")

    with pytest.raises(WrongStateError):
        case.interpreter.complete(token, {}, now=case.now)
    with pytest.raises(WrongStateError):
        case.interpreter.complete("zz", {}, now=case.now)


def test_values_survive_saving(run: Callable[..., Run]) -> None:
    values = {
        "amount": Decimal("1.10"),
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "list": [1, {"a": None}],
    }

    case = run("none_events", **values)

    assert case.variables == values


def test_cancel_all_ends_the_instance(run: Callable[..., Run]) -> None:
    case = run("parallel_gateway")

    case.interpreter.cancel_all()
    again = Interpreter.load(case.model, case.interpreter.dump())

    assert again.is_completed
    assert again.waits() == ()
