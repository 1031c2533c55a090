"""选择下一环节: the flows after a step are choices by their names, without conditions to draw.

A user task with the property ``next.steps=chosen`` stands before an exclusive gateway; every flow
of the gateway is one choice. Each gets the condition that an analyst would have to write, so that
the rest of the engine knows nothing of this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import Element, SequenceFlow

PROPERTY: Final = "next.steps"
CHOSEN: Final = "chosen"


def condition_of(flow_id: str) -> str:
    """Return the condition of a flow that is chosen by its name."""
    return f'outcome = "{flow_id}"'


def with_choices(
    elements: Mapping[str, Element], flows: Mapping[str, SequenceFlow]
) -> dict[str, SequenceFlow]:
    """Return the flows; those that are choices have conditions and names."""
    found = dict(flows)
    for element in elements.values():
        if element.properties.get(PROPERTY) != CHOSEN:
            continue
        leaving = [flow for flow in flows.values() if flow.source == element.id]
        if len(leaving) != 1:
            continue
        gateway = elements.get(leaving[0].target)
        if gateway is None or gateway.kind is not ElementKind.EXCLUSIVE_GATEWAY:
            continue
        for flow in flows.values():
            if flow.source == gateway.id and flow.condition is None and not flow.is_default:
                target = elements.get(flow.target)
                name = flow.name or (target.name if target else "") or flow.target
                found[flow.id] = replace(flow, condition=condition_of(flow.id), name=name)
    return found
