"""A boundary event sits on an activity of its own level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ACTIVITIES, ElementKind

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check the host of every boundary event."""
    for element in model.elements.values():
        if element.kind is not ElementKind.BOUNDARY_EVENT or element.event is None:
            continue
        host = model.elements.get(element.event.attached_to)
        fits = host is not None and host.kind in ACTIVITIES and host.parent == element.parent
        if not fits or (host and host.kind is ElementKind.EVENT_SUB_PROCESS):
            findings.error(
                "boundary-without-host",
                (element.id, element.line),
                f"边界事件“{element.name or element.id}”没有附着在同一层的活动上，请重画。",
                f"The boundary event {element.id} is not attached to an activity of its level.",
            )
