"""Which user tasks come next, by structure: the first ones on every way forward."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind
from engine.bpmn.order import goes_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import ProcessModel

_CHOICES = (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.INCLUSIVE_GATEWAY)


@lru_cache(maxsize=1024)
def next_user_tasks(model: ProcessModel, element_id: str) -> Mapping[str, bool]:
    """Return the user tasks that are met first from an element on its level, nearest first.

    Args:
        model: the definition.
        element_id: where the way begins; it counts itself.

    Returns:
        ``{user task: whether it comes only if a rule says so}``.
    """
    found: dict[str, bool] = {}
    seen: set[str] = set()
    pending = [(element_id, False)]
    while pending:
        current, conditional = pending.pop(0)
        if current in seen or current not in model.elements:
            continue
        seen.add(current)
        element = model.elements[current]
        if element.kind is ElementKind.USER_TASK:
            found[current] = conditional
            continue
        flows = [
            flow for flow in model.outgoing.get(current, ()) if not goes_back(model, current, flow)
        ]
        splits = element.kind in _CHOICES and len(flows) > 1
        pending += [(flow.target, conditional or splits) for flow in flows]
    return found
