"""A process and every sub-process has somewhere to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import SCOPES, ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel

_NEVER_FIRST = (ElementKind.BOUNDARY_EVENT, ElementKind.EVENT_SUB_PROCESS)


def check(model: ProcessModel, findings: Findings) -> None:
    """Check the process and its sub-processes."""
    _check_scope(model, None, findings)
    for element in model.elements.values():
        if element.kind in SCOPES:
            _check_scope(model, element, findings)


def _check_scope(model: ProcessModel, scope: Element | None, findings: Findings) -> None:
    children = model.children.get(scope.id if scope else None, ())
    place = (scope.id, scope.line) if scope else (model.process_id, 0)
    starts = [child for child in children if child.kind is ElementKind.START_EVENT]
    if scope is not None and scope.kind is ElementKind.EVENT_SUB_PROCESS:
        if len(starts) != 1 or starts[0].event_type is EventType.NONE:
            findings.error(
                "event-sub-process-start",
                place,
                "事件子流程必须有且只有一个带事件定义（消息、定时、信号、错误、升级）的开始事件。",
                "An event sub-process needs exactly one start event with an event definition.",
            )
        return
    firsts = starts or [
        child
        for child in children
        if child.id not in model.incoming
        and child.kind not in _NEVER_FIRST
        and not child.for_compensation
    ]
    if not firsts:
        findings.error(
            "no-start",
            place,
            "没有开始事件，流程无法开始；请画一个开始事件。",
            "There is nowhere to begin; draw a start event.",
        )
