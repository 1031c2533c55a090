"""Moves tokens against the flow: return, withdrawal and an administrator's move.

One mechanism: ``reach`` works out what must end, this module ends it and enters the target; or puts
back, token by token, what an earlier jump had ended (``marking``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.errors import JumpRefusedError
from engine.bpmn.gateways import ARRIVALS, AWAITED, arrivals
from engine.bpmn.marking import Marking, capture, put_back
from engine.bpmn.moving import arrive, end_tokens, enter, finish
from engine.bpmn.reach import Plan, Reach, at_level, plan_of
from engine.bpmn.scopes import ROOT
from engine.bpmn.structure import branches
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.bpmn.machine import Machine
    from engine.bpmn.token import Token


@dataclass(frozen=True)
class CancelledToken:
    """A token that a jump ends."""

    token_id: str
    element_id: str


@dataclass(frozen=True)
class JumpEffect:
    """What a jump does.

    Attributes:
        target_id: the element that becomes active.
        cancelled: tokens that end, with everything inside them, oldest first.
        forgotten: ids of flows on which a token waited at a join and is taken away.
        assumed: ids of flows that count as arrived, because the target lies inside a parallel
            block whose other branches were finished before.
        entered: ids of the sub-processes that begin in their middle, outermost first.
        token_id: the new token; ``""`` in a preview.
        marking: what ended, as it was; can be put back later.
    """

    target_id: str
    cancelled: tuple[CancelledToken, ...]
    forgotten: tuple[str, ...]
    assumed: tuple[str, ...]
    entered: tuple[str, ...]
    token_id: str
    marking: Marking


def _effect(plan: Plan, marking: Marking, token_id: str = "") -> JumpEffect:
    path = (plan.target.id, *(element_id for element_id, _ in plan.way))
    return JumpEffect(
        path[-1],
        tuple(CancelledToken(t.id, t.task_spec.element.id) for t in plan.leaving),
        tuple(flow for _, flow in plan.forgotten),
        plan.all_assumed,
        path[:-1],
        token_id,
        marking,
    )


def targets(machine: Machine, token_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of all elements to which the tokens may be moved, document order."""
    found = []
    for element in machine.spec.model.elements.values():
        try:
            plan_of(machine, token_ids, element.id)
        except JumpRefusedError:
            continue
        found.append(element.id)
    return tuple(found)


def preview(machine: Machine, token_ids: Sequence[str], target_id: str) -> JumpEffect:
    """Say what a jump would do.

    Raises:
        JumpRefusedError: the structure does not allow it.
        TokenGoneError: a token is finished, cancelled or unknown.
    """
    plan = plan_of(machine, token_ids, target_id)
    return _effect(plan, capture(machine, plan))


def jump(machine: Machine, token_ids: Sequence[str], target_id: str) -> JumpEffect:
    """End the leaving tokens and put one token on the target; raises like ``preview``."""
    return _carry_out(machine, plan_of(machine, token_ids, target_id))


def _carry_out(machine: Machine, plan: Plan) -> JumpEffect:
    marking = capture(machine, plan)
    end_tokens(machine, plan)
    if _interrupted(plan.leaving):
        _listen_again(plan.scope)
    return _effect(plan, marking, enter(machine, plan).id)


def re_enter(machine: Machine, scope_id: str, target_id: str) -> JumpEffect:
    """Go back to a step of a parallel branch that may have arrived at its join already.

    Whatever the branch has come to ends: tokens in it, and its token that waits at a join.

    Raises:
        JumpRefusedError: the target is in no parallel branch of that scope, or nothing of the
            branch is left: its join has gone on.
    """
    return _carry_out(machine, _branch_plan(machine, scope_id, target_id))


def can_re_enter(machine: Machine, scope_id: str, target_id: str) -> bool:
    """Tell whether ``re_enter`` is possible, without doing it."""
    try:
        _branch_plan(machine, scope_id, target_id)
    except JumpRefusedError:
        return False
    return True


def _branch_plan(machine: Machine, scope_id: str, target_id: str) -> Plan:
    """Return what ends when a parallel branch is entered again; raises like ``re_enter``."""
    scope = machine.tasks.get(scope_id)
    element = machine.spec.model.elements.get(target_id)
    level = scope.task_spec.element.id if scope is not None else ""
    enclosing = branches(machine.spec.model)
    around = enclosing.of_element(target_id)
    if scope is None or element is None or (element.parent or ROOT) != level or not around:
        raise _no_branch(target_id)
    branch = around[-1]
    leaving = [
        child
        for child in scope.children
        if not child.task_spec.is_subscription
        and branch in enclosing.of_element(child.task_spec.element.id)
    ]
    forgotten = [
        (gateway, flow)
        for gateway, counts in arrivals(scope).items()
        for flow in counts
        if branch in enclosing.of_flow(flow)
    ]
    if not leaving and not forgotten:
        raise _no_branch(target_id)
    late = [
        gateway
        for gateway, flows in scope.internal_data.get(AWAITED, {}).items()
        if any(branch in enclosing.of_flow(flow) for flow in flows)
    ]
    return Plan(element, scope, leaving, forgotten, late, [])


def scope_of(machine: Machine, token_id: str, element_id: str) -> str:
    """Return the token of the level on which both are, ``""`` when there is none."""
    element = machine.spec.model.elements.get(element_id)
    level = element.parent if element else None
    try:
        return str(at_level(machine, token_id, level, element_id).parent.id)
    except WrongStateError:
        return ""


def _no_branch(target_id: str) -> JumpRefusedError:
    return JumpRefusedError(
        target_id,
        "该环节所在的并行分支已经汇合，不能单独重新办理。",
        "its parallel branch has been joined already.",
    )


def restore(
    machine: Machine, token_ids: Sequence[str], marking: Marking, done: str = ""
) -> Mapping[str, str]:
    """End the tokens and put back what an earlier jump ended.

    Args:
        machine: the instance.
        token_ids: what was entered instead.
        marking: what is put back.
        done: the one of them, or inside of them, that was completed and not broken off.

    Returns:
        The new token by the id that it had before.

    Raises:
        JumpRefusedError: something else has begun where it would be put back, or it is of a kind
            that cannot be put back.
        TokenGoneError: a token is finished, cancelled or unknown.
    """
    plan = _plan_back(machine, token_ids, marking)
    if done:
        finish(machine, done, plan)
    end_tokens(machine, plan)
    waiting = plan.scope.internal_data.setdefault(ARRIVALS, {})
    arrive(waiting, marking.arrived)
    if not waiting:
        del plan.scope.internal_data[ARRIVALS]
    if marking.awaited:
        awaited = {gateway: list(flows) for gateway, flows in marking.awaited}
        plan.scope.internal_data.setdefault(AWAITED, {}).update(awaited)
    return put_back(machine, marking, plan.scope)


def check_restore(machine: Machine, token_ids: Sequence[str], marking: Marking) -> None:
    """Raise what ``restore`` would raise, without doing it."""
    _plan_back(machine, token_ids, marking)


def _plan_back(machine: Machine, token_ids: Sequence[str], marking: Marking) -> Plan:
    elements = machine.spec.model.elements
    places = [elements[key] for key in marking.places if key in elements]
    if not places or len(places) != len(marking.places) or not marking.can_be_put_back(machine):
        raise _not_back(marking)
    level = places[0].parent
    moved = [at_level(machine, token_id, level, places[0].id) for token_id in token_ids]
    plans = [Reach(machine, moved, place).plan() for place in places]
    ending = {token.id for plan in plans for token in plan.leaving}
    if ending != {token.id for token in moved}:
        raise _not_back(marking)
    merged = plans[0]
    merged.forgotten = list(dict.fromkeys(pair for plan in plans for pair in plan.forgotten))
    merged.no_longer_late = [key for plan in plans for key in plan.no_longer_late]
    needed = {flow for plan in plans for _, flow in plan.assumed}
    if marking.is_alone and needed:
        raise _not_back(marking)
    merged.assumed = []
    return merged


def _not_back(marking: Marking) -> JumpRefusedError:
    return JumpRefusedError(
        marking.places[0] if marking.places else "",
        "退回前的办理状态已不能恢复。",
        "what the return had ended cannot be put back.",
    )


def _listen_again(scope: Token) -> None:
    """Listen again to the event sub-processes that an interrupting one had silenced."""
    listening = {child.task_spec.name for child in scope.children}
    for handler in scope.task_spec.handlers:
        if handler.listener is not None and handler.listener.name not in listening:
            handler.subscribe(scope)


def _interrupted(leaving: Iterable[Token]) -> bool:
    """Tell whether an interrupting event sub-process is among the tokens."""
    return any(
        start.interrupts
        for token in leaving
        if getattr(token.task_spec, "is_event_sub_process", False)
        for start in token.task_spec.starts
    )
