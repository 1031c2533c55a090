"""Finds the executable process of a file and reads its nodes, flows and lanes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.bpmn.data_objects import data_objects, with_data_objects
from engine.bpmn.event_reader import RootElements
from engine.bpmn.extension_reader import read_extensions
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.foreign import check_foreign
from engine.bpmn.free_choice import with_choices
from engine.bpmn.model import Element, ProcessModel, SequenceFlow
from engine.bpmn.node_reader import read_node
from engine.bpmn.xmlnames import (
    BPMN,
    DOCUMENTATION_TAGS,
    NODE_TAGS,
    bpmn_children,
    first,
    flag,
    name_of,
    place,
    text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.bpmn.findings import Findings

_PROCESS_CHILDREN: Final = DOCUMENTATION_TAGS | {
    "extensionElements",
    "laneSet",
    "sequenceFlow",
    "association",
    "ioSpecification",
}
_BODY: Final = _PROCESS_CHILDREN | {
    "incoming",
    "outgoing",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "completionCondition",
    "dataInputAssociation",
    "dataOutputAssociation",
    "property",
}


def read_process(root: _Element, findings: Findings) -> ProcessModel | None:
    """Return the executable process of the file, ``None`` (with findings) without exactly one."""
    if name_of(root) != (BPMN, "definitions"):
        findings.error(
            "not-bpmn",
            ("", 0),
            "文件不是 BPMN 2.0 流程图（根元素应为 bpmn:definitions）。",
            "This is no BPMN 2.0 file: the root element must be bpmn:definitions.",
        )
        return None
    process = _executable(root, findings)
    if process is None:
        return None
    check_foreign(process, findings)
    found = read_extensions(process, findings)
    reading = _Reading(RootElements.read(root), findings)
    reading.body(process, None)
    reading.link_up()
    _check_message_flows(root, reading.elements, findings)
    return ProcessModel(
        process_id=process.get("id") or "",
        name=(process.get("name") or "").strip(),
        file=findings.file,
        documentation=text_of(first(process, "documentation")),
        properties=found.get("properties", {}),
        data_objects=data_objects(process),
        elements=with_data_objects(
            process, _with_compensation(root, _with_lanes(process, reading.elements))
        ),
        flows=with_choices(reading.elements, reading.flows_with_ids()),
    )


def _executable(root: _Element, findings: Findings) -> _Element | None:
    processes = list(bpmn_children(root, "process"))
    running = [node for node in processes if flag(node, "isExecutable", default=len(processes) < 2)]
    if len(running) == 1:
        return running[0]
    if running:
        findings.error(
            "one-process",
            place(running[1]),
            "一个文件只能有一个可执行流程；请把其他流程存为单独的文件，用调用活动或消息连接。",
            "A file may hold one executable process; put the others into files of their own.",
        )
    else:
        findings.error(
            "no-process",
            place(processes[0]) if processes else ("", 0),
            "文件中没有可执行流程；请在设计器中勾选“可执行”。",
            "The file has no executable process; tick “Executable” in the designer.",
        )
    return None


class _Reading:
    """What is collected while walking through a process."""

    def __init__(self, roots: RootElements, findings: Findings) -> None:
        self._roots = roots
        self._findings = findings
        self.elements: dict[str, Element] = {}
        self._flows: list[SequenceFlow] = []
        self._defaults: dict[str, tuple[str, int]] = {}
        self._used: set[str] = set()

    def body(self, holder: _Element, parent: str | None) -> None:
        """Read the nodes and flows of a process or sub-process, then those inside."""
        for child in bpmn_children(holder):
            local = name_of(child)[1]
            if local in NODE_TAGS:
                self._node(child, parent)
            elif local == "sequenceFlow":
                self._flow(child)
            elif local not in _BODY and not (parent and local.endswith("Condition")):
                self._findings.error(
                    "unsupported-element",
                    (child.get("id") or holder.get("id") or "", place(child)[1]),
                    f"不支持元素“{local}”，请删除或改用本引擎支持的画法。",
                    f"The element {local!r} is not supported; remove it.",
                )

    def _node(self, node: _Element, parent: str | None) -> None:
        element = read_node(node, parent, self._roots, self._findings)
        if not self._claim(element.id, node):
            return
        self.elements[element.id] = element
        if default := node.get("default"):
            self._defaults[default] = place(node)
        if name_of(node)[1] in ("subProcess", "transaction", "adHocSubProcess"):
            self.body(node, element.id)

    def _claim(self, key: str, node: _Element) -> bool:
        if not key:
            self._findings.error(
                "missing-id",
                place(node),
                f"“{name_of(node)[1]}”没有 id，请在设计器中补上。",
                f"A {name_of(node)[1]} has no id.",
            )
            return False
        if key in self._used:
            self._findings.error(
                "duplicate-id",
                place(node),
                f"id“{key}”重复，请改名。",
                f"The id {key!r} is used twice.",
            )
            return False
        self._used.add(key)
        return True

    def _flow(self, node: _Element) -> None:
        key = node.get("id") or ""
        if key and not self._claim(key, node):
            return
        self._flows.append(
            SequenceFlow(
                id=key,
                source=node.get("sourceRef") or "",
                target=node.get("targetRef") or "",
                name=(node.get("name") or "").strip(),
                condition=self._condition(node),
                line=place(node)[1],
            )
        )

    def _condition(self, node: _Element) -> str | None:
        holder = first(node, "conditionExpression")
        if holder is None:
            return None
        text = text_of(holder)
        if not text.startswith("="):
            self._findings.error(
                "expression-mark",
                place(node),
                f"条件“{text}”不是 FEEL 表达式，请以英文半角的“=”开头，例如 =金额 > 100。",
                f"The condition {text!r} is no FEEL expression; begin it with “=”.",
            )
        return text.removeprefix("=").strip()

    def link_up(self) -> None:
        """Connect every link throw event with the catch events of its name and level."""
        events = [e for e in self.elements.values() if e.event_type is EventType.LINK]
        for throw in (e for e in events if e.kind is ElementKind.THROW_EVENT):
            for catch in (e for e in events if e.kind is ElementKind.CATCH_EVENT):
                if link_name(throw) == link_name(catch) and throw.parent == catch.parent:
                    flow = SequenceFlow(id="", source=throw.id, target=catch.id, is_link=True)
                    self._flows.append(flow)

    def flows_with_ids(self) -> dict[str, SequenceFlow]:
        """Return the flows by id; one without gets ``source-target``; marks the default flows."""
        found: dict[str, SequenceFlow] = {}
        for flow in self._flows:
            key = flow.id or self._free(f"{flow.source}-{flow.target}")
            found[key] = replace(flow, id=key, is_default=key in self._defaults)
        for default, holder in self._defaults.items():
            if default not in found or found[default].source != holder[0]:
                self._findings.error(
                    "default-condition",
                    holder,
                    f"默认流向“{default}”不是从这里引出的连线，请重新选择默认流向。",
                    f"The default flow {default!r} does not leave from here; choose another.",
                )
        return found

    def _free(self, key: str) -> str:
        number, candidate = 1, key
        while candidate in self._used:
            number += 1
            candidate = f"{key}-{number}"
        self._used.add(candidate)
        return candidate


def link_name(element: Element) -> str:
    """Return the name of a link event."""
    return element.event.name if element.event else ""


def _with_lanes(process: _Element, elements: dict[str, Element]) -> dict[str, Element]:
    """Put the innermost lane into every element; what is inside a sub-process inherits it."""
    found: dict[str, tuple[str, str]] = {}
    for lane_set in bpmn_children(process, "laneSet"):
        _lanes(lane_set, found)
    placed: dict[str, Element] = {}
    for key, element in elements.items():
        lane = found.get(key) or found.get(element.parent or "")
        if lane is not None:
            found[key] = lane
            element = _in_lane(element, lane)
        placed[key] = element
    return placed


def _in_lane(element: Element, lane: tuple[str, str]) -> Element:
    """Put an element into its lane; the lane does a user task that names nobody."""
    task = element.user_task
    nobody = task and not (task.assignee or task.candidate_groups or task.candidate_users)
    if task is not None and nobody and "assignee" not in element.properties and lane[1]:
        task = replace(task, candidate_groups=(lane[1],))
    return replace(element, lane_id=lane[0], lane=lane[1], user_task=task)


def _lanes(lane_set: _Element, found: dict[str, tuple[str, str]]) -> None:
    for lane in bpmn_children(lane_set, "lane"):
        facts = (lane.get("id") or "", (lane.get("name") or "").strip())
        for reference in bpmn_children(lane, "flowNodeRef"):
            found[text_of(reference)] = facts
        for inner in bpmn_children(lane, "childLaneSet"):
            _lanes(inner, found)


def _check_message_flows(root: _Element, elements: dict[str, Element], findings: Findings) -> None:
    """Refuse message flows inside our own pool; those to other pools are for people."""
    for holder in bpmn_children(root, "collaboration"):
        for node in bpmn_children(holder, "messageFlow"):
            ends = (node.get("sourceRef") or "", node.get("targetRef") or "")
            if all(end in elements for end in ends):
                findings.error(
                    "message-flow-inside",
                    place(node),
                    "消息流只能连接不同的泳池；同一流程内请用顺序流，或用消息抛出与捕获事件。",
                    "A message flow connects two pools; inside one use a sequence flow or message"
                    " events.",
                )


def _with_compensation(root: _Element, elements: dict[str, Element]) -> dict[str, Element]:
    """Connect compensation boundary events with their handlers (drawn as associations)."""
    for node in root.iter(f"{{{BPMN}}}association"):
        source = elements.get(node.get("sourceRef") or "")
        target = elements.get(node.get("targetRef") or "")
        if source and target and source.kind is ElementKind.BOUNDARY_EVENT:
            elements[source.id] = replace(source, compensated_by=target.id)
    return elements
