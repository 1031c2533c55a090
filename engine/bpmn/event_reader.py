"""Reads event definitions and the messages, signals, errors and escalations that they name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.facts import ElementKind, EventFacts, EventType, TimerKind
from engine.bpmn.xmlnames import (
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

    from engine.bpmn.findings import Findings

_TIMERS: Final = {
    "timeDate": TimerKind.DATE,
    "timeDuration": TimerKind.DURATION,
    "timeCycle": TimerKind.CYCLE,
}
_DEFINITIONS: Final = {
    "timerEventDefinition": EventType.TIMER,
    "messageEventDefinition": EventType.MESSAGE,
    "signalEventDefinition": EventType.SIGNAL,
    "errorEventDefinition": EventType.ERROR,
    "escalationEventDefinition": EventType.ESCALATION,
    "conditionalEventDefinition": EventType.CONDITIONAL,
    "terminateEventDefinition": EventType.TERMINATE,
    "cancelEventDefinition": EventType.CANCEL,
    "compensateEventDefinition": EventType.COMPENSATION,
    "linkEventDefinition": EventType.LINK,
}


@dataclass
class RootElements:
    """What the file declares beside its processes, by id."""

    names: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    correlation_keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, definitions: _Element) -> RootElements:
        """Read messages, signals, errors and escalations."""
        found = cls()
        for node in bpmn_children(definitions, "message", "signal", "error", "escalation"):
            key = node.get("id") or ""
            found.names[key] = (node.get("name") or "").strip()
            code = node.get("errorCode") or node.get("escalationCode") or ""
            found.codes[key] = code.strip()
            for extension in zeebe_extensions(node):
                if name_of(extension)[1] == "subscription":
                    correlation = (extension.get("correlationKey") or "").strip()
                    found.correlation_keys[key] = correlation
        return found


def event_facts(
    node: _Element, kind: ElementKind, roots: RootElements, findings: Findings
) -> EventFacts | None:
    """Return what an event (or a send or receive task) is about, ``None`` for other elements."""
    if kind in (ElementKind.RECEIVE_TASK, ElementKind.SEND_TASK):
        return EventFacts(type=EventType.MESSAGE, **_message(node, node, roots, findings))
    if not kind.value.endswith("event"):
        return None
    values: dict[str, Any] = {
        "interrupting": flag(node, "cancelActivity", default=True)
        and flag(node, "isInterrupting", default=True),
        "attached_to": node.get("attachedToRef") or "",
    }
    definitions = [
        child for child in bpmn_children(node) if name_of(child)[1].endswith("EventDefinition")
    ]
    if len(definitions) > 1:
        findings.error(
            "several-event-definitions",
            place(node),
            "一个事件只能有一个事件定义，请拆成多个事件。",
            "An event may have one event definition only; draw several events.",
        )
    if definitions:
        values.update(_definition(definitions[0], node, roots, findings))
    return EventFacts(**values)


def _definition(
    definition: _Element, node: _Element, roots: RootElements, findings: Findings
) -> dict[str, Any]:
    kind = _DEFINITIONS.get(name_of(definition)[1])
    if kind is None:
        findings.error(
            "unsupported-event",
            place(node),
            f"不支持事件定义“{name_of(definition)[1]}”，请改用定时、消息、信号或错误事件。",
            f"The event definition {name_of(definition)[1]!r} is not supported; use a timer,"
            " message, signal or error event.",
        )
        return {}
    return {"type": kind, **_details(kind, definition, node, roots, findings)}


def _details(
    kind: EventType,
    definition: _Element,
    node: _Element,
    roots: RootElements,
    findings: Findings,
) -> dict[str, Any]:
    if kind is EventType.TIMER:
        return _timer(definition)
    if kind is EventType.MESSAGE:
        return _message(definition, node, roots, findings)
    if kind in _REFERENCES:
        return _reference(kind, definition, node, roots, findings)
    simple = {
        EventType.CONDITIONAL: ("condition", text_of(first(definition, "condition"))),
        EventType.LINK: ("name", definition.get("name") or ""),
        EventType.COMPENSATION: ("activity", definition.get("activityRef") or ""),
    }.get(kind)
    return {simple[0]: simple[1].strip().removeprefix("=").strip()} if simple else {}


_REFERENCES: Final = {
    EventType.SIGNAL: "signalRef",
    EventType.ERROR: "errorRef",
    EventType.ESCALATION: "escalationRef",
}


def _reference(
    kind: EventType,
    definition: _Element,
    node: _Element,
    roots: RootElements,
    findings: Findings,
) -> dict[str, Any]:
    key = definition.get(_REFERENCES[kind]) or ""
    key = key.rpartition(":")[2]
    if key and key not in roots.names:
        _dangling(key, node, findings)
    name = roots.names.get(key, "")
    return {"name": name, "code": roots.codes.get(key, "") or (name if key else "")}


def _message(
    definition: _Element, node: _Element, roots: RootElements, findings: Findings
) -> dict[str, Any]:
    key = (definition.get("messageRef") or "").rpartition(":")[2]
    if key and key not in roots.names:
        _dangling(key, node, findings)
    return {
        "name": roots.names.get(key, ""),
        "correlation_key": roots.correlation_keys.get(key, ""),
    }


def _timer(definition: _Element) -> dict[str, Any]:
    for child in bpmn_children(definition):
        kind = _TIMERS.get(name_of(child)[1])
        if kind is not None:
            return {"timer": kind, "timer_value": text_of(child)}
    return {}


def _dangling(key: str, node: _Element, findings: Findings) -> None:
    findings.error(
        "dangling-reference",
        place(node),
        f"引用的“{key}”不存在，请重新选择消息、信号、错误或升级定义。",
        f"It refers to {key!r}, which does not exist in this file.",
    )
