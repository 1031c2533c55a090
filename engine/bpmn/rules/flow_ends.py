"""Sequence flows connect two elements of one level; starts have none before, ends none after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel, SequenceFlow


def check(model: ProcessModel, findings: Findings) -> None:
    """Check both ends of every flow."""
    for flow in model.flows.values():
        place = (flow.id, flow.line)
        ends = [model.elements.get(flow.source), model.elements.get(flow.target)]
        source, target = ends
        if source is None or target is None:
            missing = flow.source if source is None else flow.target
            findings.error(
                "dangling-flow",
                place,
                f"连线引用的元素“{missing}”不存在，请重新连接。",
                f"The flow refers to {missing!r}, which does not exist; draw it again.",
            )
            continue
        if source.parent != target.parent:
            findings.error(
                "flow-crosses-border",
                place,
                "连线不能穿过子流程的边框；请在子流程内画结束事件，再从子流程引出连线。",
                "A flow may not cross the border of a sub-process; end inside and leave from it.",
            )
        _ends(flow, source, target, findings)


def _ends(flow: SequenceFlow, source: Element, target: Element, findings: Findings) -> None:
    place = (flow.id, flow.line)
    if target.kind in (ElementKind.START_EVENT, ElementKind.BOUNDARY_EVENT):
        findings.error(
            "incoming-flow",
            place,
            f"连线不能指向“{target.name or target.id}”（开始事件或边界事件）。",
            f"No flow may lead to {target.id}, a start or boundary event.",
        )
    if source.kind is ElementKind.END_EVENT:
        findings.error(
            "outgoing-flow",
            place,
            f"结束事件“{source.name or source.id}”不能有流出的连线；请改为中间事件。",
            f"No flow may leave the end event {source.id}; draw an intermediate event.",
        )
    if ElementKind.EVENT_SUB_PROCESS in (source.kind, target.kind):
        findings.error(
            "event-sub-process-flow",
            place,
            "事件子流程不能有连线；它由其开始事件触发。",
            "An event sub-process has no flows; its start event sets it off.",
        )
    if _is_compensation(source) or source.for_compensation or target.for_compensation:
        findings.error(
            "compensation-flow",
            place,
            "补偿事件与补偿处理之间请用关联线，不要用顺序流。",
            "Connect compensation events and handlers by associations, not by flows.",
        )


def _is_compensation(source: Element) -> bool:
    return source.kind is ElementKind.BOUNDARY_EVENT and source.event_type is EventType.COMPENSATION
