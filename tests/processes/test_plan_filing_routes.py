"""The routes drawn in the two approvals are the rows of R05 and R06: all of them, no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from engine import feel
from engine.bpmn import ElementKind, read_model
from tests.processes.rule_book import ZHENGZHOU, rule_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import ProcessModel

STAGES: Final = {
    "主管单位审核": "dept_review",
    "业务处室初审": "biz_first",
    "业务处室复核": "biz_second",
    "监管初审": "reg_first",
    "监管复核": "reg_second",
}
OUTCOMES: Final = {"同意": "approve", "退回": "return"}
MODELS: Final = {
    "R05": ("linked_approval.bpmn", "linked_plan_approved"),
    "R06": ("unlinked_approval.bpmn", "unlinked_plan_approved"),
}
RULES: Final = {rule.id: rule for rule in rule_book()}
_ENDS: Final = (ElementKind.USER_TASK, ElementKind.END_EVENT)


def model_of(rule_id: str) -> ProcessModel:
    file = ZHENGZHOU / MODELS[rule_id][0]
    return read_model(file.read_bytes(), file.name)


def follow(model: ProcessModel, element_id: str, facts: Mapping[str, Any]) -> str:
    """Walk the drawn flows from an element to the next user task or end event."""
    flows = [flow for flow in model.flows.values() if flow.source == element_id]
    taken = [
        flow
        for flow in flows
        if not flow.condition or feel.compile_expression(flow.condition).evaluate(facts) is True
    ]
    assert len(taken) == 1, f"{len(taken)} flows leave {element_id} with {facts}"
    target = model.elements[taken[0].target]
    return target.id if target.kind in _ENDS else follow(model, target.id, facts)


def named(rule_id: str, target: str) -> str:
    """Return a drawn target as the rule book names it."""
    if target == MODELS[rule_id][1]:
        return "END_FILED"
    if target.startswith("returned_by_"):
        return "采购人修改"
    return {element: stage for stage, element in STAGES.items()}[target]


@pytest.mark.parametrize("rule_id", sorted(MODELS))
def test_every_route_of_the_table_is_drawn(rule_id: str) -> None:
    model, rule = model_of(rule_id), RULES[rule_id]

    for facts in rule.grid():
        (row,) = rule.expected(facts)
        variables = {
            "outcome": OUTCOMES[facts["result"]],
            "escalate": facts["escalate"],
            "regulator_review": facts.get("regulator_review"),
        }
        target = follow(model, STAGES[facts["stage"]], variables)
        assert named(rule_id, target) == row["next"], facts
        assert (row["next"] == "END_FILED") is row["assign_plan_number"]


@pytest.mark.parametrize("rule_id", sorted(MODELS))
def test_no_stage_is_drawn_that_the_table_does_not_know(rule_id: str) -> None:
    drawn = {e.id for e in model_of(rule_id).elements.values() if e.kind is ElementKind.USER_TASK}

    assert drawn == set(STAGES.values())


@pytest.mark.parametrize("rule_id", sorted(MODELS))
def test_every_approver_sees_approve_first_and_return_last(rule_id: str) -> None:
    model = model_of(rule_id)

    for element_id in STAGES.values():
        outcomes = model.outcomes(element_id)
        assert [outcome.key for outcome in outcomes] == ["approve", "return"]
        assert outcomes[0].label == "同意"
        assert outcomes[1].label in ("退回采购人", "退回初审")
