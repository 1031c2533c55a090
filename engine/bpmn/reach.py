"""What a jump would do: which tokens it ends, which joins it changes, which way leads in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.bpmn.complex_gateway import ComplexGateway
from engine.bpmn.errors import JumpRefusedError, TokenGoneError
from engine.bpmn.facts import ACTIVITIES, ElementKind
from engine.bpmn.gateways import AWAITED, ParallelGateway, arrivals
from engine.bpmn.scopes import ROOT, RootScope, Scope
from engine.bpmn.structure import branches

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
#: Sub-processes into which a jump may lead: they have a course of their own and run once.
_OPEN: Final = frozenset({ElementKind.SUB_PROCESS, ElementKind.TRANSACTION})

#: An element and the (join, flow) pairs that count as arrived beside it.
Station = tuple[str, list[tuple[str, str]]]


@dataclass
class Plan:
    """A jump that is allowed.

    Attributes:
        target: what is entered on the level of the jump.
        scope: the token of that level.
        leaving: tokens that end.
        forgotten: (join, flow) where a token waits that is taken away.
        no_longer_late: complex gateways that stop to absorb late tokens.
        assumed: (join, flow) that count as arrived on the level of the jump.
        way: what is entered inside of ``target``, outermost first.
    """

    target: Element
    scope: Token
    leaving: list[Token]
    forgotten: list[tuple[str, str]]
    no_longer_late: list[str]
    assumed: list[tuple[str, str]]
    way: tuple[Station, ...] = ()

    @property
    def all_assumed(self) -> tuple[str, ...]:
        """Ids of all flows that count as arrived, outermost level first."""
        inside = [flow for _, pairs in self.way for _, flow in pairs]
        return (*(flow for _, flow in self.assumed), *inside)


def plan_of(machine: Machine, token_ids: Sequence[str], target_id: str) -> Plan:
    """Work out a jump.

    Raises:
        JumpRefusedError: the structure does not allow it.
        TokenGoneError: a token is finished, cancelled or unknown.
    """
    target = _target(machine.spec.model, target_id)
    leaving = _movable(machine, token_ids)
    entry = _entry(machine, leaving[0], target)
    moved = [at_level(machine, token_id, entry.parent, target_id) for token_id in leaving]
    scopes = {token.parent.id for token in moved}
    if len(scopes) != 1:
        raise JumpRefusedError(
            target_id, "所选步骤不在同一个（子）流程中。", "the tokens are not in one scope."
        )
    plan = Reach(machine, moved, entry).plan()
    plan.way = tuple(way_in(machine, entry, target))
    return plan


def enterable(model: ProcessModel, target_id: str) -> Element:
    """Return an element at which an instance may begin in its middle.

    Raises:
        JumpRefusedError: it is no target, or inside something that cannot be entered.
    """
    target = _target(model, target_id)
    place = target
    while place.parent is not None:
        place = model.elements[place.parent]
        _require_open(place, target_id)
    return target


def _target(model: ProcessModel, target_id: str) -> Element:
    target = model.elements.get(target_id)
    if target is None or target.kind not in _TARGETS or target.for_compensation:
        raise JumpRefusedError(
            target_id, "只能转到任务、子流程或事件。", "choose an activity or an event."
        )
    return target


def _require_open(place: Element, target_id: str) -> None:
    if place.kind not in _OPEN or place.loop is not None or place.for_compensation:
        raise _elsewhere(target_id)


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


def _entry(machine: Machine, token_id: str, target: Element) -> Element:
    """Return the target, or the outermost sub-process around it in which the token is not.

    Raises:
        JumpRefusedError: a sub-process in between cannot be entered in its middle.
        TokenGoneError: the token is finished, cancelled or unknown.
    """
    around = set(_levels(machine, token_id))
    entry = target
    while (entry.parent or ROOT) not in around:
        entry = machine.spec.model.elements[entry.parent or ""]
        _require_open(entry, target.id)
    return entry


def _levels(machine: Machine, token_id: str) -> Iterable[str]:
    """Yield the levels on which a token is, innermost first."""
    token = machine.tasks.get(token_id)
    if token is None:
        raise TokenGoneError(token_id)
    while token is not machine.root:
        spec = token.parent.task_spec
        if isinstance(spec, Scope) and not token.task_spec.is_subscription:
            yield spec.element.id
        token = token.parent


def at_level(machine: Machine, token_id: str, level: str | None, target_id: str) -> Token:
    """Return the token, or what encloses it on a level (``None``: the process itself).

    Raises:
        JumpRefusedError: it is not on that level.
        TokenGoneError: the token is finished, cancelled or unknown.
    """
    token = machine.tasks.get(token_id)
    if token is None:
        raise TokenGoneError(token_id)
    while token is not machine.root:
        spec = token.parent.task_spec
        inside = isinstance(spec, Scope) and spec.element.id == (level or ROOT)
        if inside and not token.task_spec.is_subscription:
            return token
        token = token.parent
    raise _elsewhere(target_id)


def _elsewhere(target_id: str) -> JumpRefusedError:
    return JumpRefusedError(
        target_id,
        "目标在重复执行的子流程、事件子流程或其他不能从中间进入的子流程里。",
        "it is inside a sub-process that cannot be entered in its middle.",
    )


def way_in(machine: Machine, entry: Element | None, target: Element) -> Iterable[Station]:
    """Yield what is entered inside of ``entry`` on the way to ``target``, outermost first.

    ``None`` as entry is the process itself.
    """
    elements, found = machine.spec.model.elements, []
    place: Element | None = target
    while place is not entry and place is not None:
        found.append(place)
        place = elements.get(place.parent or "")
    enclosing = branches(machine.spec.model)
    for element in reversed(found):
        around = enclosing.of_element(element.id)
        yield element.id, [pair for branch in around for pair in beside(machine, branch)]


def beside(machine: Machine, entered: Branch) -> list[tuple[str, str]]:
    """Return (join, flow) of every branch beside ``entered`` that a join waits for."""
    split, taken = entered
    enclosing = branches(machine.spec.model)
    found = []
    for gateway in machine.spec.task_specs.values():
        if not isinstance(gateway, (ParallelGateway, ComplexGateway)):
            continue
        if any(s == split for s, _ in enclosing.of_element(gateway.name)):
            continue
        for flow in gateway.incoming:
            around = enclosing.of_flow(flow)
            if any(s == split and edge != taken for s, edge in around):
                found.append((gateway.name, flow))
    return found


class Reach:
    """Works out which tokens a jump ends and which joins it changes."""

    def __init__(self, machine: Machine, moved: list[Token], target: Element) -> None:
        """Jump with ``moved``, all in one scope, to ``target`` on their level."""
        self._machine = machine
        self._moved = moved
        self._target = target
        self._scope = moved[0].parent
        self._branches = branches(machine.spec.model)
        self._goal = self._branches.of_element(target.id)

    def plan(self) -> Plan:
        """Work the jump out.

        Raises:
            JumpRefusedError: the target is in another branch, or a block around it is at work.
        """
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
        return Plan(self._target, self._scope, leaving, forgotten, late, assumed)

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
        return [pair for branch in entered for pair in beside(self._machine, branch)]
