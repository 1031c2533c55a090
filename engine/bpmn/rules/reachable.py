"""Every element can be reached from a start; what cannot is probably a forgotten connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Warn about elements without incoming flow in a scope that has a start event."""
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
