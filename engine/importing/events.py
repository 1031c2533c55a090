"""Events: timers, conditions, and the messages, signals and errors to which they refer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from lxml import etree

from engine.bpmn.errors import ExpressionError
from engine.bpmn.expressions import Literal
from engine.bpmn.facts import TimerKind
from engine.bpmn.timers import TimerText
from engine.bpmn.xmlnames import BPMN, bpmn_children, first, name_of, text_of
from engine.importing import loops
from engine.importing.dialect import Dialect
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    content,
    extensions,
    find_zeebe,
    insert,
    remove,
    take,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

#: Event definition → (attribute that refers, tag of the root element, attribute with its name).
_REFERENCES: Final = {
    "messageEventDefinition": ("messageRef", "message", "name"),
    "signalEventDefinition": ("signalRef", "signal", "name"),
    "errorEventDefinition": ("errorRef", "error", "errorCode"),
    "escalationEventDefinition": ("escalationRef", "escalation", "escalationCode"),
}
_ROOTS: Final = ("message", "signal", "error", "escalation")
_NAMED: Final = ("messageEventDefinition", "signalEventDefinition")
_TIMERS: Final = {
    "timeDate": TimerKind.DATE,
    "timeDuration": TimerKind.DURATION,
    "timeCycle": TimerKind.CYCLE,
}
#: Products whose cron texts are Quartz's.
_QUARTZ: Final = (Dialect.CAMUNDA_7, Dialect.FLOWABLE, Dialect.ACTIVITI)
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


def convert(node: _Element, draft: Draft) -> None:
    """Convert the event definitions of one event or receive task."""
    _event_registry(node, draft)
    for definition in list(bpmn_children(node)):
        local = name_of(definition)[1]
        if local == "timerEventDefinition":
            _timer(node, definition, draft)
        elif local == "conditionalEventDefinition":
            loops.expression(first(definition, "condition"), ChangeKind.EVENT, draft)
            _condition_mark(definition, draft)
        elif local in _REFERENCES:
            _reference(node, definition, local, draft)
    if name_of(node)[1] == "receiveTask":
        _reference(node, node, "messageEventDefinition", draft)


def convert_roots(draft: Draft) -> None:
    """Translate expressions in the names and codes of messages, signals, errors, escalations."""
    for node in bpmn_children(draft.root, *_ROOTS):
        for attribute in ("name", "errorCode", "escalationCode"):
            text = node.get(attribute) or ""
            if not draft.is_foreign(text):
                continue
            if name_of(node)[1] in ("message", "signal"):
                node.set(attribute, draft.feel(node, ChangeKind.EVENT, text))
            else:
                draft.report.refuse(
                    "dynamic-code",
                    node,
                    f"代码“{text}”是表达式，本引擎只支持固定代码。",
                    f"The code {text!r} is an expression; only fixed codes are supported.",
                )
                draft.dynamic_codes.append(node)


def _condition_mark(definition: _Element, draft: Draft) -> None:
    for name in ("variableName", "variableEvents"):
        if value := take(definition, name):
            draft.report.change(definition, ChangeKind.EVENT, f"{name}={value}", "")


def _timer(node: _Element, definition: _Element, draft: Draft) -> None:
    if calendar := take(definition, "businessCalendarName"):
        draft.report.warn(
            "calendar",
            node,
            f"原来按日历“{calendar}”计时，这里按自然时间，请确认。",
            f"The original counts by the calendar {calendar!r}; here time simply passes. Confirm.",
        )
    for child in bpmn_children(definition, "timeDate", "timeDuration", "timeCycle"):
        text = text_of(child)
        if draft.is_foreign(text):
            child.text = draft.feel(child, ChangeKind.TIME, text)
        elif name_of(child)[1] == "timeCycle":
            _cycle(child, text, draft)
        _check_time(node, child, text, draft)
        if end := take(child, "endDate"):
            draft.report.warn(
                "timer-end",
                node,
                f"周期的截止时间“{end}”没有导入，请改用次数（R3/…）。",
                f"The end {end!r} of the cycle was left out; give a number of rounds (R3/…).",
            )


def _cycle(child: _Element, text: str, draft: Draft) -> None:
    """Rewrite a Quartz text: its seventh field is the year, its weekdays count from Sunday = 1."""
    fields = text.split()
    if draft.dialect not in _QUARTZ or len(fields) not in (6, 7):
        return
    if len(fields) == 7 and fields[6] in ("*", "?"):
        del fields[6]
    fields[5] = re.sub(r"(?<![/#\d])[1-7](?!\d)", lambda day: _WEEKDAYS[int(day[0]) - 1], fields[5])
    written = " ".join(fields)
    if written != " ".join(text.split()):
        child.text = written
        draft.report.change(child, ChangeKind.TIME, text, written)


def _check_time(node: _Element, child: _Element, text: str, draft: Draft) -> None:
    """Refuse a time that the engine could not read when the event is reached."""
    written, kind = content(child), _TIMERS[name_of(child)[1]]
    if written.startswith("=") or not written:
        return
    try:
        TimerText(kind, Literal(written), node.get("id") or "").begin({}, _ANY_DAY)
    except ExpressionError:
        write_property(node, f"{KEPT}time", text)
        child.text = ""  # so that the reader refuses the copy as well
        draft.report.refuse(
            "timer",
            node,
            f"时间“{text}”不是本引擎支持的写法，请改写，例如 PT8H、R3/P1D 或 0 0 9 * * MON。",
            f"The time {text!r} cannot be read here; write it like PT8H, R3/P1D or 0 0 9 * * MON.",
        )


def _reference(node: _Element, definition: _Element, local: str, draft: Draft) -> None:
    attribute, tag, named = _REFERENCES[local]
    for name in ("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable"):
        if value := take(definition, name):
            draft.report.warn(
                "error-variable",
                node,
                f"错误代码或说明不再写入变量“{value}”，请检查后续是否用到。",
                f"The code or message no longer goes into {value!r}; check what follows.",
            )
    key = (definition.get(attribute) or "").rpartition(":")[2]
    known = {root.get("id") for root in bpmn_children(draft.root, tag)}
    if key and key not in known:
        _declare(node, draft, (tag, key, named), key)
    elif not key and local in _NAMED and find_zeebe(node, "taskDefinition") is None:
        name = node.get("name") or node.get("id") or tag
        key = _free(draft, f"{tag}_{node.get('id')}")
        definition.set(attribute, key)
        _declare(node, draft, (tag, key, "name"), name)
    if local == "messageEventDefinition" and _catches(node):
        _correlation(node, key, draft)


def _free(draft: Draft, key: str) -> str:
    taken = {element.get("id") for element in draft.root.iter()}
    return key if key not in taken else _free(draft, f"{key}_")


def _declare(node: _Element, draft: Draft, what: tuple[str, str, str], value: str) -> None:
    """Add the message, signal, error or escalation that an event refers to."""
    tag, key, named = what
    made = etree.Element(f"{{{BPMN}}}{tag}")
    made.set("id", key)
    made.set("name", value)
    made.set(named, value)
    draft.root.insert(draft.root.index(draft.process), made)
    draft.report.change(node, ChangeKind.EVENT, "", f"{tag} {value}")


def _catches(node: _Element) -> bool:
    local = name_of(node)[1]
    if local == "startEvent":
        parent = node.getparent()
        return parent is not None and parent.get("triggeredByEvent") == "true"
    return local in ("intermediateCatchEvent", "boundaryEvent", "receiveTask")


def _correlation(node: _Element, key: str, draft: Draft) -> None:
    if draft.is_drawing:
        return
    for message in bpmn_children(draft.root, "message"):
        if message.get("id") == key and find_zeebe(message, "subscription") is not None:
            return
    draft.report.warn(
        "message-correlation",
        node,
        "消息没有关联键：原引擎按业务键或实例投递，这里同名消息会给任一等待者，请补充关联键。",
        "The message has no correlation key; the original delivers by business key or instance."
        " Add a key, or any instance that waits for this name gets it.",
    )


def _says(part: _Element) -> str:
    given = " ".join(str(key) + "=" + str(value) for key, value in part.attrib.items())
    return f"{given} {content(part)}".strip()


def _event_registry(node: _Element, draft: Draft) -> None:
    """Make a message event of an event that Flowable's event registry delivers."""
    for registered in extensions(node, "eventType"):
        name = content(registered)
        remove(registered)
        draft.report.change(node, ChangeKind.EVENT, f"eventType {name}", name)
        for part in extensions(
            node, "eventInParameter", "eventOutParameter", "eventCorrelationParameter",
            "channelKey", "eventName", "keyDetectionType", "keyDetectionValue",
        ):  # fmt: skip
            draft.report.change(node, ChangeKind.EVENT, f"{name_of(part)[1]} {_says(part)}", "")
            remove(part)
        if not re.search(r"Event$", name_of(node)[1]):
            write_property(node, f"{KEPT}eventType", name)
            continue
        definition = insert(
            node,
            "messageEventDefinition",
            ("documentation", "extensionElements", "incoming", "outgoing"),
        )
        key = _free(draft, f"message_{node.get('id')}")
        definition.set("messageRef", key)
        _declare(node, draft, ("message", key, "name"), name)
        draft.report.warn(
            "event-registry",
            node,
            f"事件注册表的事件“{name}”改为同名消息，请由接入程序发送该消息并核对参数。",
            f"The registered event {name!r} became a message of that name; let the channel send"
            " it, and check its parameters.",
        )
