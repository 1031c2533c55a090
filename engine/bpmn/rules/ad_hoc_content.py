"""An ad-hoc sub-process holds activities only: nothing in it starts, ends or is drawn in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Refuse start and end events directly inside ad-hoc sub-processes."""
    for element in model.elements.values():
        parent = model.elements.get(element.parent or "")
        if parent is None or parent.kind is not ElementKind.AD_HOC_SUB_PROCESS:
            continue
        if element.kind in (ElementKind.START_EVENT, ElementKind.END_EVENT):
            findings.error(
                "ad-hoc-event",
                (element.id, element.line),
                "即席子流程中不能画开始事件或结束事件，请删除或改用普通子流程。",
                "An ad-hoc sub-process has no start or end events; use a plain sub-process.",
            )
