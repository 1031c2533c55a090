"""Reads one flow node of the XML into an ``Element``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.event_reader import event_facts
from engine.bpmn.extension_reader import read_extensions, user_task_spec
from engine.bpmn.facts import ACTIVITIES, GATEWAYS, AdHocFacts, ElementKind, EventType, LoopFacts
from engine.bpmn.model import Element
from engine.bpmn.xmlnames import (
    DOCUMENTATION_TAGS,
    NODE_TAGS,
    bpmn_children,
    first,
    flag,
    name_of,
    place,
    text_of,
    zeebe_extensions,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.bpmn.event_reader import RootElements
    from engine.bpmn.facts import EventFacts
    from engine.bpmn.findings import Findings

#: Children of a flow node that are read, or that only repeat what is read elsewhere.
_KNOWN: Final = DOCUMENTATION_TAGS | {
    "extensionElements",
    "incoming",
    "outgoing",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "completionCondition",
    "activationCondition",
    "script",
    "dataInputAssociation",
    "dataOutputAssociation",
    "dataInput",
    "dataOutput",
    "inputSet",
    "outputSet",
    "ioSpecification",
    "laneSet",
    "sequenceFlow",
    "association",
}
_JOB: Final = ("job_type", "retries", "task_headers")
_OF_KIND: Final = {
    ElementKind.USER_TASK: ("user_task", "task_headers"),
    ElementKind.SERVICE_TASK: _JOB,
    ElementKind.SEND_TASK: _JOB,
    ElementKind.BUSINESS_RULE_TASK: ("called_decision", *_JOB),
    ElementKind.SCRIPT_TASK: ("script",),
    ElementKind.CALL_ACTIVITY: ("called_process", "propagate_all", "propagate_parent"),
    ElementKind.BOUNDARY_EVENT: ("outputs",),
}


def read_node(
    node: _Element, parent: str | None, roots: RootElements, findings: Findings
) -> Element:
    """Return the element that ``node`` describes, with every fact that the run needs."""
    kind = _kind(node)
    _refuse_unknown_children(node, findings)
    found = read_extensions(node, findings)
    user_task = user_task_spec(found) if kind is ElementKind.USER_TASK else None
    if kind is ElementKind.CALL_ACTIVITY and "called_process" not in found:
        found.update(called_process=(node.get("calledElement") or "").strip(), propagate_all=True)
    event = event_facts(node, kind, roots, findings)
    values = _fitting(node, kind, event, found, findings)
    return Element(
        id=node.get("id") or "",
        kind=kind,
        name=(node.get("name") or "").strip(),
        parent=parent,
        documentation=text_of(first(node, "documentation")),
        user_task=user_task,
        loop=_loop(node, findings) if kind in ACTIVITIES else None,
        event=event,
        ad_hoc=_ad_hoc(node) if kind is ElementKind.AD_HOC_SUB_PROCESS else None,
        for_compensation=flag(node, "isForCompensation", default=False),
        activation=_expression(first(node, "activationCondition")),
        line=place(node)[1],
        **values,
    )


def _fitting(
    node: _Element,
    kind: ElementKind,
    event: EventFacts | None,
    found: dict[str, Any],
    findings: Findings,
) -> dict[str, Any]:
    """Return the extension values that an element of this kind uses; refuse the others."""
    wanted = {"properties", *_OF_KIND.get(kind, ())}
    if kind not in GATEWAYS and kind is not ElementKind.BOUNDARY_EVENT:
        wanted.update(("inputs", "outputs"))
    throws = kind in (ElementKind.END_EVENT, ElementKind.THROW_EVENT)
    if throws and event is not None and event.type is EventType.MESSAGE:
        wanted.update(_JOB)
    for key in found:
        if key in _SHOWN and key not in wanted and found[key]:
            findings.error(
                "misplaced-extension",
                place(node),
                f"“{node.get('name') or node.get('id')}”是 {kind.value}，不使用 {_SHOWN[key]}，"
                "请删除或改用对应类型的任务。",
                f"A {kind.value} does not use {_SHOWN[key]}; remove it or draw another task.",
            )
    return {key: value for key, value in found.items() if key in wanted}


#: What the attributes of ``Element`` are called in the file.
_SHOWN: Final = {
    "user_task": "zeebe:assignmentDefinition / formDefinition / taskSchedule",
    "job_type": "zeebe:taskDefinition",
    "task_headers": "zeebe:taskHeaders",
    "called_decision": "zeebe:calledDecision",
    "script": "zeebe:script",
    "called_process": "zeebe:calledElement",
    "inputs": "zeebe:input",
    "outputs": "zeebe:output",
}


def _kind(node: _Element) -> ElementKind:
    kind = NODE_TAGS[name_of(node)[1]]
    if kind is ElementKind.SUB_PROCESS and flag(node, "triggeredByEvent", default=False):
        return ElementKind.EVENT_SUB_PROCESS
    return kind


def _refuse_unknown_children(node: _Element, findings: Findings) -> None:
    for child in bpmn_children(node):
        local = name_of(child)[1]
        if local not in _KNOWN and local not in NODE_TAGS and not local.endswith("EventDefinition"):
            findings.error(
                "unsupported-element",
                place(node),
                f"不支持“{local}”，请删除。",
                f"{local!r} is not supported; remove it.",
            )


def _expression(node: _Element | None) -> str:
    """Return FEEL text without the leading ``=``."""
    return text_of(node).removeprefix("=").strip()


def _loop(node: _Element, findings: Findings) -> LoopFacts | None:
    standard = first(node, "standardLoopCharacteristics")
    if standard is not None:
        maximum = standard.get("loopMaximum") or "0"
        return LoopFacts(
            standard=True,
            sequential=True,
            condition=_expression(first(standard, "loopCondition")),
            maximum=int(maximum) if maximum.isdigit() else 0,
            test_before=flag(standard, "testBefore", default=False),
        )
    several = first(node, "multiInstanceLoopCharacteristics")
    return _multi_instance(several, findings, node) if several is not None else None


def _multi_instance(several: _Element, findings: Findings, node: _Element) -> LoopFacts:
    for tag in ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"):
        if first(several, tag) is not None:
            findings.error(
                "unsupported-loop-data",
                place(node),
                "多实例请用 zeebe:loopCharacteristics 的输入集合，不支持数据项引用。",
                "Give the multi-instance an input collection (zeebe:loopCharacteristics), not"
                " data item references.",
            )
    values: dict[str, str] = {}
    for extension in zeebe_extensions(several):
        if name_of(extension)[1] == "loopCharacteristics":
            values = {str(key): str(value).strip() for key, value in extension.attrib.items()}
    return LoopFacts(
        sequential=flag(several, "isSequential", default=False),
        collection=values.get("inputCollection", "").removeprefix("=").strip(),
        element=values.get("inputElement", ""),
        cardinality=_expression(first(several, "loopCardinality")),
        output_collection=values.get("outputCollection", ""),
        output_element=values.get("outputElement", "").removeprefix("=").strip(),
        condition=_expression(first(several, "completionCondition")),
    )


def _ad_hoc(node: _Element) -> AdHocFacts:
    active = ""
    for extension in zeebe_extensions(node):
        if name_of(extension)[1] == "adHoc":
            active = (extension.get("activeElementsCollection") or "").removeprefix("=").strip()
    return AdHocFacts(
        active_elements=active,
        condition=_expression(first(node, "completionCondition")),
        cancel_remaining=flag(node, "cancelRemainingInstances", default=True),
        sequential=node.get("ordering") == "Sequential",
    )
