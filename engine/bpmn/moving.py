"""Carries a planned jump out: ends tokens, changes joins, enters the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.activities import Activity
from engine.bpmn.errors import JumpRefusedError
from engine.bpmn.gateways import ARRIVALS, AWAITED
from engine.bpmn.machine import StepKind
from engine.bpmn.reach import Plan, enterable, way_in
from engine.bpmn.scopes import WAY_IN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bpmn.machine import Machine
    from engine.bpmn.model import ProcessModel
    from engine.bpmn.token import Token

Waiting = dict[str, dict[str, int]]


def end_tokens(machine: Machine, plan: Plan) -> None:
    """End what the plan leaves and let its joins know."""
    for token in plan.leaving:
        machine.cancel_token(token)
    remembered = plan.scope.internal_data
    waiting: Waiting = remembered.pop(ARRIVALS, {})
    for gateway, flow in plan.forgotten:
        del waiting[gateway][flow]
    arrive(waiting, ((gateway, flow, 1) for gateway, flow in plan.assumed))
    kept = {gateway: counts for gateway, counts in waiting.items() if counts}
    if kept:
        remembered[ARRIVALS] = kept
    late = remembered.pop(AWAITED, {})
    awaited = {key: flows for key, flows in late.items() if key not in plan.no_longer_late}
    if awaited:
        remembered[AWAITED] = awaited


def finish(machine: Machine, token_id: str, plan: Plan) -> None:
    """Let an activity be completed without going on, before the plan ends what is around it."""
    token = machine.tasks[token_id]
    for child in token.children:
        machine.cancel_token(child)
    machine.note(StepKind.COMPLETED, token)
    if isinstance(token.task_spec, Activity):
        token.task_spec.remember_compensation(token)
    machine._remove_task(token.id)
    plan.leaving = [other for other in plan.leaving if other is not token]


def arrive(waiting: Waiting, pairs: Iterable[tuple[str, str, int]]) -> None:
    """Note in ``{join: {flow: tokens}}`` what has arrived: (join, flow, tokens)."""
    for gateway, flow, number in pairs:
        waiting.setdefault(gateway, {})[flow] = number


def enter(machine: Machine, plan: Plan) -> Token:
    """Enter the target, through the sub-processes around it when they have ended."""
    spec = machine.spec
    token = spec.task_specs[plan.target.id].enter(plan.scope)
    for element_id, pairs in plan.way:
        token.internal_data[WAY_IN] = element_id
        waiting: Waiting = {}
        arrive(waiting, ((gateway, flow, 1) for gateway, flow in pairs))
        if waiting:
            token.internal_data[ARRIVALS] = waiting
        token.run()
        inner = spec.task_specs[element_id]
        token = next(child for child in token.children if child.task_spec is inner)
    return token


def can_begin_at(model: ProcessModel, target_id: str) -> bool:
    """Tell whether an instance can begin at an element in its middle."""
    try:
        enterable(model, target_id)
    except JumpRefusedError:
        return False
    return True


def begin_at(machine: Machine, target_id: str) -> None:
    """Begin an instance in its middle; the root scope is there and has no tokens yet.

    Raises:
        JumpRefusedError: the element cannot be entered.
    """
    model = machine.spec.model
    target = enterable(model, target_id)
    for handler in machine.root.task_spec.handlers:
        handler.subscribe(machine.root)
    (entry_id, assumed), *way = way_in(machine, None, target)
    plan = Plan(model.elements[entry_id], machine.root, [], [], [], assumed, tuple(way))
    end_tokens(machine, plan)
    enter(machine, plan)
