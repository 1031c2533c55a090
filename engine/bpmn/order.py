"""What comes after what: the drawn order of a model, its loops and drawn returns left out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.bpmn.facts import GATEWAYS, ElementKind
from engine.bpmn.outcomes import is_return

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import ProcessModel, SequenceFlow


@lru_cache(maxsize=256)
def dominators(model: ProcessModel) -> Mapping[str, frozenset[str]]:
    """Return for each element those that every way from a start event to it passes.

    Elements that no start event reaches (boundary events and what follows) stand for themselves.
    """
    every = frozenset(model.elements)
    starts = {key for key in model.elements if key not in model.incoming}
    found = {key: frozenset({key}) if key in starts else every for key in model.elements}
    changed = True
    while changed:
        changed = False
        for key in model.elements:
            if key in starts:
                continue
            before = [found[flow.source] for flow in model.incoming[key]]
            now = frozenset.intersection(*before) | {key}
            if now != found[key]:
                found[key], changed = now, True
    return found


def goes_back(model: ProcessModel, element_id: str, flow: SequenceFlow) -> bool:
    """Tell whether a flow out of an element closes a loop or is drawn for a return.

    Args:
        model: the definition.
        element_id: where the flow begins.
        flow: one of its outgoing flows.
    """
    if flow.target in dominators(model)[element_id]:
        return True
    if model.elements[element_id].kind not in GATEWAYS:
        return False
    for incoming in model.incoming.get(element_id, ()):
        task = model.elements[incoming.source]
        if task.kind is not ElementKind.USER_TASK:
            continue
        for outcome in model.outcomes(task.id):
            if outcome.flow_id == flow.id and is_return(task, outcome.key):
                return True
    return False


@lru_cache(maxsize=4096)
def after(model: ProcessModel, element_id: str) -> frozenset[str]:
    """Return what can come after an element on its own level, going forward only.

    What an event at the border of an element leads to comes after it too.
    """
    attached: dict[str, list[str]] = {}
    for element in model.elements.values():
        if element.event is not None and element.event.attached_to:
            attached.setdefault(element.event.attached_to, []).append(element.id)
    found: set[str] = set()
    pending = [element_id]
    while pending:
        current = pending.pop()
        following = [
            flow.target
            for flow in model.outgoing.get(current, ())
            if not goes_back(model, current, flow)
        ]
        fresh = {*following, *attached.get(current, ())} - found
        found |= fresh
        pending += fresh
    return frozenset(found)
