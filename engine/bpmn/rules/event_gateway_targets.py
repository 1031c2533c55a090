"""Behind an event-based gateway stand catch events or receive tasks, reached from there only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel


def check(model: ProcessModel, findings: Findings) -> None:
    """Check what follows every event-based gateway."""
    for element in model.elements.values():
        if element.kind is not ElementKind.EVENT_BASED_GATEWAY:
            continue
        flows = model.outgoing.get(element.id, ())
        for flow in flows:
            if not _fits(model, flow.target):
                findings.error(
                    "event-gateway-target",
                    (flow.id, flow.line),
                    "事件网关之后只能是捕获事件（定时、消息、信号、条件）或接收任务，"
                    "且只有这一条流入连线。",
                    "Behind an event-based gateway stand catch events or receive tasks with no"
                    " other incoming flow.",
                )
        if len(flows) < 2:
            findings.error(
                "event-gateway-branches",
                (element.id, element.line),
                "事件网关至少要有两条流出连线；只等一个事件时请直接画捕获事件。",
                "An event-based gateway has at least two flows; for one event draw just that.",
            )


def _fits(model: ProcessModel, target_id: str) -> bool:
    target = model.elements[target_id]
    if len(model.incoming[target_id]) != 1:
        return False
    if target.kind is ElementKind.RECEIVE_TASK:
        return target.loop is None
    return target.kind is ElementKind.CATCH_EVENT and target.event_type is not EventType.LINK
