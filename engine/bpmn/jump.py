"""Moves tokens against the flow: return, withdrawal and an administrator's move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.bpmn.complex_gateway import ComplexGateway
from engine.bpmn.errors import JumpRefusedError, TokenGoneError
from engine.bpmn.facts import ACTIVITIES, ElementKind
from engine.bpmn.gateways import ARRIVALS, AWAITED, ParallelGateway, arrivals
from engine.bpmn.scopes import ROOT, RootScope, Scope
from engine.bpmn.structure import Branches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.bpmn.machine import Machine
    from engine.bpmn.model import Element, ProcessModel
    from engine.bpmn.structure import Branch
    from engine.bpmn.token import Token

_TARGETS: Final = (
    ACTIVITIES
    | {
        ElementKind.CATCH_EVENT,
        ElementKind.THROW_EVENT,
        ElementKind.END_EVENT,
        ElementKind.EXCLUSIVE_GATEWAY,
    }
) - {ElementKind.EVENT_SUB_PROCESS}
_KEPT: Final = "_branches"


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
        token_id: the new token; ``""`` in a preview.
    """

    target_id: str
    cancelled: tuple[CancelledToken, ...]
    forgotten: tuple[str, ...]
    assumed: tuple[str, ...]
    token_id: str = ""


@dataclass
class _Plan:
    """A jump that is allowed."""

    target: Element
    scope: Token
    leaving: list[Token]
    forgotten: list[tuple[str, str]]
    no_longer_late: list[str]
    assumed: list[tuple[str, str]]

    def effect(self, token_id: str = "") -> JumpEffect:
        ended = tuple(CancelledToken(t.id, t.task_spec.element.id) for t in self.leaving)
        return JumpEffect(
            self.target.id,
            ended,
            tuple(flow for _, flow in self.forgotten),
            tuple(flow for _, flow in self.assumed),
            token_id,
        )


def branches(model: ProcessModel) -> Branches:
    """Return the enclosing branches of a model's elements; computed once."""
    kept = vars(model)
    found: Branches | None = kept.get(_KEPT)
    return found if found is not None else kept.setdefault(_KEPT, Branches(model))


def targets(machine: Machine, token_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of all elements to which the tokens may be moved, document order."""
    found = []
    for element in machine.spec.model.elements.values():
        try:
            _plan(machine, token_ids, element.id)
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
    return _plan(machine, token_ids, target_id).effect()


def jump(machine: Machine, token_ids: Sequence[str], target_id: str) -> JumpEffect:
    """End the leaving tokens and put one token on the target; raises like ``preview``."""
    plan = _plan(machine, token_ids, target_id)
    for token in plan.leaving:
        machine.cancel_token(token)
    _change_joins(plan)
    if _interrupted(plan.leaving):
        _listen_again(plan.scope)
    token = machine.spec.task_specs[target_id].enter(plan.scope)
    return plan.effect(token.id)


def _change_joins(plan: _Plan) -> None:
    remembered = plan.scope.internal_data
    waiting = remembered.pop(ARRIVALS, {})
    for gateway, flow in plan.forgotten:
        del waiting[gateway][flow]
    for gateway, flow in plan.assumed:
        waiting.setdefault(gateway, {})[flow] = 1
    kept = {gateway: counts for gateway, counts in waiting.items() if counts}
    if kept:
        remembered[ARRIVALS] = kept
    late = remembered.pop(AWAITED, {})
    awaited = {key: flows for key, flows in late.items() if key not in plan.no_longer_late}
    if awaited:
        remembered[AWAITED] = awaited


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


def _plan(machine: Machine, token_ids: Sequence[str], target_id: str) -> _Plan:
    target = machine.spec.model.elements.get(target_id)
    if target is None or target.kind not in _TARGETS or target.for_compensation:
        raise JumpRefusedError(
            target_id, "只能转到任务、子流程或事件。", "choose an activity or an event."
        )
    moved = [_at_level(machine, token_id, target) for token_id in _movable(machine, token_ids)]
    scopes = {token.parent.id for token in moved}
    if len(scopes) != 1:
        raise JumpRefusedError(
            target_id, "所选步骤不在同一个（子）流程中。", "the tokens are not in one scope."
        )
    return _Reach(machine, moved, target).plan()


def _movable(machine: Machine, token_ids: Sequence[str]) -> list[str]:
    """Return the tokens without those that listen for event sub-processes, if others are left."""
    inside = [
        token_id
        for token_id in token_ids
        if not (
            (token := machine.tasks.get(token_id))
            and token.task_spec.is_subscription
            and isinstance(token.parent.task_spec, RootScope)
        )
    ]
    return inside or list(token_ids)


def _at_level(machine: Machine, token_id: str, target: Element) -> Token:
    """Return the token, or what encloses it on the level of the target."""
    token = machine.tasks.get(token_id)
    if token is None:
        raise TokenGoneError(token_id)
    level = target.parent or ROOT
    while token is not machine.root:
        spec = token.parent.task_spec
        inside = isinstance(spec, Scope) and spec.element.id == level
        if inside and not token.task_spec.is_subscription:
            return token
        token = token.parent
    raise JumpRefusedError(
        target.id,
        "目标不在当前（子）流程或其上层流程中。",
        "it is neither in the same (sub-)process nor in an enclosing one.",
    )


class _Reach:
    """Works out which tokens a jump ends and which joins it changes."""

    def __init__(self, machine: Machine, moved: list[Token], target: Element) -> None:
        self._machine = machine
        self._moved = moved
        self._target = target
        self._scope = moved[0].parent
        self._branches = branches(machine.spec.model)
        self._goal = self._branches.of_element(target.id)

    def plan(self) -> _Plan:
        left = self._left_splits()
        leaving = [
            token
            for token in self._scope.children
            if not token.task_spec.is_subscription
            and (token in self._moved or self._is_left(token.task_spec.element.id, left))
        ]
        forgotten = [
            (gateway, flow)
            for gateway, counts in arrivals(self._scope).items()
            for flow in counts
            if any(split in left for split, _ in self._branches.of_flow(flow))
        ]
        late = [
            gateway
            for gateway, flows in self._scope.internal_data.get(AWAITED, {}).items()
            if any(split in left for flow in flows for split, _ in self._branches.of_flow(flow))
        ]
        assumed = self._assumed(leaving)
        return _Plan(self._target, self._scope, leaving, forgotten, late, assumed)

    def _left_splits(self) -> set[str]:
        """Return the outermost splits whose branch some token leaves."""
        found: set[str] = set()
        for token in self._moved:
            enclosing = self._branches.of_element(token.task_spec.element.id)
            left = [branch for branch in enclosing if branch not in self._goal]
            entered = [branch for branch in self._goal if branch not in enclosing]
            if {split for split, _ in left} & {split for split, _ in entered}:
                raise JumpRefusedError(
                    self._target.id,
                    "目标在另一条并行分支上，请转到分支之前的环节。",
                    "it is in another parallel branch; choose a step before the split.",
                )
            found.update(split for split, _ in left[:1])
        return found

    def _is_left(self, element_id: str, left: set[str]) -> bool:
        enclosing = self._branches.of_element(element_id)
        return element_id in left or any(split in left for split, _ in enclosing)

    def _assumed(self, leaving: Iterable[Token]) -> list[tuple[str, str]]:
        """Return (join, flow) of the finished branches beside the one that is entered."""
        ended = set(leaving)
        staying = [token for token in self._scope.children if token not in ended]
        outside = self._branches.of_element(self._moved[0].task_spec.element.id)
        entered = [branch for branch in self._goal if branch not in outside]
        for token in staying:
            around = self._branches.of_element(token.task_spec.element.id)
            if {split for split, _ in around} & {split for split, _ in entered}:
                raise JumpRefusedError(
                    self._target.id,
                    "目标所在的并行分支仍在办理。",
                    "the parallel block around it is still at work.",
                )
        return [pair for branch in entered for pair in self._beside(branch)]

    def _beside(self, entered: Branch) -> list[tuple[str, str]]:
        split, taken = entered
        found = []
        for gateway in self._machine.spec.task_specs.values():
            if not isinstance(gateway, (ParallelGateway, ComplexGateway)):
                continue
            if any(s == split for s, _ in self._branches.of_element(gateway.name)):
                continue
            for flow in gateway.incoming:
                around = self._branches.of_flow(flow)
                if any(s == split and edge != taken for s, edge in around):
                    found.append((gateway.name, flow))
        return found
