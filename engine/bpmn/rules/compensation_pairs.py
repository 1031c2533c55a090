"""A compensation boundary event names its handler, and a throw event names what it undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ACTIVITIES, ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check compensation events and handlers."""
    handlers = {element.compensated_by for element in model.elements.values()}
    for element in model.elements.values():
        place = (element.id, element.line)
        if element.event_type is EventType.COMPENSATION:
            _event(model, element, findings)
        if element.for_compensation and element.id not in handlers:
            findings.error(
                "compensation-handler-alone",
                place,
                "补偿处理没有与补偿边界事件用关联线相连。",
                "The compensation handler is not associated with a compensation boundary event.",
            )


def _event(model: ProcessModel, element: Element, findings: Findings) -> None:
    place = (element.id, element.line)
    if element.kind is ElementKind.BOUNDARY_EVENT:
        handler = model.elements.get(element.compensated_by)
        fits = handler is not None and handler.kind in ACTIVITIES and handler.for_compensation
        if not fits or handler is None or handler.parent != element.parent:
            findings.error(
                "compensation-handler",
                place,
                "补偿边界事件要用关联线连到同一层中标为“补偿”的活动。",
                "Associate the compensation boundary event with an activity of its level that is"
                " marked “for compensation”.",
            )
        return
    named = element.event.activity if element.event else ""
    if named and named not in model.elements:
        findings.error(
            "compensation-activity",
            place,
            f"补偿事件引用的活动“{named}”不存在。",
            f"The compensation event names {named!r}, which does not exist.",
        )
