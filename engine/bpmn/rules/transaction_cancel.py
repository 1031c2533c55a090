"""Cancel events belong to transactions: the end event inside, the boundary event on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check both ends of every cancellation."""
    for element in model.elements.values():
        if element.event_type is not EventType.CANCEL:
            continue
        ends = element.kind is ElementKind.END_EVENT
        if not (_has_exit(model, element) if ends else _is_on_transaction(model, element)):
            findings.error(
                "cancel-place",
                (element.id, element.line),
                "取消事件只用于事务子流程：结束事件画在事务内，事务边框上要有取消边界事件。",
                "Cancel events belong to a transaction: the end event inside it, and a cancel"
                " boundary event on its border.",
            )


def _is_on_transaction(model: ProcessModel, boundary: Element) -> bool:
    host = model.elements.get(boundary.event.attached_to if boundary.event else "")
    return host is not None and host.kind is ElementKind.TRANSACTION


def _has_exit(model: ProcessModel, end: Element) -> bool:
    place = model.elements.get(end.parent or "")
    while place is not None and place.kind is not ElementKind.TRANSACTION:
        place = model.elements.get(place.parent or "")
    return place is not None and any(
        element.event is not None
        and element.event.type is EventType.CANCEL
        and element.event.attached_to == place.id
        for element in model.elements.values()
    )
