"""Every element can be reached from a start and leads to an end; else a flow was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import GATEWAYS, ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Warn about elements that nothing leads to, and where a path stops without an end event."""
    _entered(model, findings)
    _left(model, findings)


def _entered(model: ProcessModel, findings: Findings) -> None:
    """Look at every scope that has a start event."""
    started = {e.parent for e in model.elements.values() if e.kind is ElementKind.START_EVENT}
    for element in model.elements.values():
        begins = element.kind in (
            ElementKind.START_EVENT,
            ElementKind.BOUNDARY_EVENT,
            ElementKind.EVENT_SUB_PROCESS,
        )
        if begins or element.for_compensation or element.parent not in started:
            continue
        if element.id not in model.incoming:
            findings.warning(
                "unreachable",
                (element.id, element.line),
                f"“{element.name or element.id}”没有流入的连线，永远不会执行。",
                f"Nothing leads to {element.id}; it will never run.",
            )


def _left(model: ProcessModel, findings: Findings) -> None:
    """Look at every scope that has an end event, and at every gateway."""
    ended = {e.parent for e in model.elements.values() if e.kind is ElementKind.END_EVENT}
    for element in model.elements.values():
        drawn_to_end = element.parent in ended or element.kind in GATEWAYS
        if element.id in model.outgoing or not drawn_to_end or _is_last(element):
            continue
        findings.warning(
            "dead-end",
            (element.id, element.line),
            f"“{element.name or element.id}”没有流出的连线，走到这里就结束了；"
            "请画上连线，或接到结束事件。",
            f"Nothing leads away from {element.id}: the path ends there; draw a flow or an end.",
        )


def _is_last(element: Element) -> bool:
    """Tell whether nothing may or need be drawn behind an element."""
    return (
        element.kind in (ElementKind.END_EVENT, ElementKind.EVENT_SUB_PROCESS)
        or element.for_compensation
        or element.event_type in (EventType.COMPENSATION, EventType.LINK)
    )
