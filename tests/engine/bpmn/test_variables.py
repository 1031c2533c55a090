"""Variables: scopes, mappings, names, time; nothing of one branch leaks into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import ExpressionError, WaitKind
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run

ONE = (
    '<bpmn:startEvent id="s"/><bpmn:{tag} id="a">{inside}</bpmn:{tag}><bpmn:endEvent id="e"/>'
    '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>'
    '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
)


def one(inside: str, tag: str = "serviceTask") -> str:
    job = '<zeebe:taskDefinition type="x"/>' if tag == "serviceTask" else ""
    extensions = f"<bpmn:extensionElements>{job}{inside}</bpmn:extensionElements>"
    return ONE.format(tag=tag, inside=extensions)


def mapping(*lines: str) -> str:
    return f"<zeebe:ioMapping>{''.join(lines)}</zeebe:ioMapping>"


def test_result_without_mapping_is_merged(start: Callable[..., Run]) -> None:
    case = start(one(""), kept=1)

    case.complete("a", new=2)

    assert case.variables == {"kept": 1, "new": 2}


def test_output_sees_result_inputs_and_variables(start: Callable[..., Run]) -> None:
    case = start(
        one(
            mapping(
                '<zeebe:input source="=base + 1" target="local"/>',
                '<zeebe:output source="=local + result + base" target="total"/>',
                '<zeebe:output source="=total * 2" target="twice"/>',
                '<zeebe:output source="literal" target="text"/>',
            )
        ),
        base=1,
    )

    case.complete("a", result=10)

    assert case.variables == {"base": 1, "total": 13, "twice": 26, "text": "literal"}


def test_dotted_target_replaces_one_entry(start: Callable[..., Run]) -> None:
    plan = {"amount": 1, "unit": {"name": "甲"}}
    case = start(one(mapping('<zeebe:output source="=n" target="plan.unit.code"/>')), plan=plan)

    case.complete("a", n="4101")

    assert case.variables["plan"] == {"amount": 1, "unit": {"name": "甲", "code": "4101"}}
    assert plan == {"amount": 1, "unit": {"name": "甲"}}


def test_names_with_spaces_and_signs(start: Callable[..., Run]) -> None:
    body = one(
        mapping(
            '<zeebe:output source="=price" target="unit-price"/>',
            '<zeebe:output source="=unit-price * 2" target="total price"/>',
        )
    )
    case = start(body)

    case.complete("a", price=3)

    assert case.variables == {"unit-price": 3, "total price": 6}


def test_now_is_the_moment_of_the_command(start: Callable[..., Run]) -> None:
    body = one('<zeebe:script expression="=today()" resultVariable="day"/>', "scriptTask")

    case = start(body)

    assert str(case.variables["day"]) == "2026-06-10"


def test_null_arithmetic_is_null_not_a_crash(start: Callable[..., Run]) -> None:
    case = start(one('<zeebe:script expression="=missing + 1" resultVariable="x"/>', "scriptTask"))

    assert case.variables == {"x": None}


def test_expression_that_is_stopped_names_its_element(start: Callable[..., Run]) -> None:
    endless = "count(for a in 1..100000, b in 1..100000 return a)"
    with pytest.raises(ExpressionError) as caught:
        start(one(f'<zeebe:script expression="={endless}" resultVariable="x"/>', "scriptTask"))

    assert caught.value.element_id == "a"


def test_script_failure_reaches_a_catch_all_error_boundary(start: Callable[..., Run]) -> None:
    endless = "count(for a in 1..100000, b in 1..100000 return a)"
    body = one(f'<zeebe:script expression="={endless}" resultVariable="x"/>', "scriptTask")

    case = start(
        body + '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:errorEventDefinition/>'
        '</bpmn:boundaryEvent><bpmn:userTask id="repair"/>'
        '<bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="repair"/>'
    )

    assert case.waiting_at == ["repair"]


def test_called_process_gives_everything_or_what_is_mapped(start: Callable[..., Run]) -> None:
    everything = start(one('<zeebe:calledElement processId="c"/>', "callActivity"), a=1)
    nothing = start(
        one(
            '<zeebe:calledElement processId="=name" propagateAllChildVariables="false"'
            ' propagateAllParentVariables="false"/>',
            "callActivity",
        ),
        name="c2",
    )
    assert nothing.wait("a").called_process == "c2"
    assert nothing.wait("a").inputs == {}
    assert everything.wait("a").inputs == {"a": 1}

    everything.complete("a", b=2)
    nothing.complete("a", b=2)

    assert everything.variables == {"a": 1, "b": 2}
    assert nothing.variables == {"name": "c2"}


def test_business_rule_task_with_a_handler_is_a_job(start: Callable[..., Run]) -> None:
    case = start(one('<zeebe:taskDefinition type="rules"/>', "businessRuleTask"))

    assert (case.wait("a").kind, case.wait("a").job_type) == (WaitKind.JOB, "rules")


def test_unknown_start_event(run: Callable[..., Run]) -> None:
    model = run("none_events").model
    from engine.bpmn import Interpreter
    from tests.engine.bpmn.conftest import START

    with pytest.raises(NotFoundError):
        Interpreter.start(model, {}, now=START, start_event="review")


def test_lane_does_a_task_that_names_nobody(run: Callable[..., Run]) -> None:
    case = run("lanes")

    assert case.wait("fill").candidate_groups == ("采购单位",)


def test_interruption_comes_before_the_next_automatic_step(start: Callable[..., Run]) -> None:
    case = start(
        '<bpmn:startEvent id="s"/><bpmn:subProcess id="x"><bpmn:parallelGateway id="split"/>'
        '<bpmn:endEvent id="bad"><bpmn:errorEventDefinition errorRef="e"/></bpmn:endEvent>'
        '<bpmn:task id="next"/><bpmn:task id="after"/>'
        '<bpmn:sequenceFlow id="f1" sourceRef="split" targetRef="bad"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="split" targetRef="next"/>'
        '<bpmn:sequenceFlow id="f3" sourceRef="next" targetRef="after"/></bpmn:subProcess>'
        '<bpmn:boundaryEvent id="caught" attachedToRef="x"><bpmn:errorEventDefinition/>'
        '</bpmn:boundaryEvent><bpmn:endEvent id="done"/>'
        '<bpmn:sequenceFlow id="f4" sourceRef="s" targetRef="x"/>'
        '<bpmn:sequenceFlow id="f5" sourceRef="caught" targetRef="done"/>',
        before='<bpmn:error id="e" name="e" errorCode="E"/>',
    )

    assert case.end_events == ("done",)
    assert "next" not in case.passed
    assert "x" in case.cancelled


def test_data_object_carries_a_result_to_the_task_that_is_given_it(run: Callable[..., Run]) -> None:
    case = run("data_objects")

    case.complete("write", tender_file={"pages": 12}, secret="x")

    assert case.variables == {"tender_file": {"pages": 12}}
    assert case.wait("publish").inputs == {"round": 1, "tender_file": {"pages": 12}}
