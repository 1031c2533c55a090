"""An event stands where the engine can run it; the table follows BPMN 2.0.2 table 10.93."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind, EventType

if TYPE_CHECKING:
    from engine.bpmn.findings import Findings
    from engine.bpmn.model import Element, ProcessModel

_E = EventType
#: What may stand where.
ALLOWED: Final = {
    "start": frozenset({_E.NONE, _E.TIMER, _E.MESSAGE, _E.SIGNAL}),
    "sub-process start": frozenset({_E.NONE}),
    "event sub-process start": frozenset(
        set(_E) - {_E.NONE, _E.TERMINATE, _E.LINK, _E.CANCEL},
    ),
    "catch": frozenset({_E.TIMER, _E.MESSAGE, _E.SIGNAL, _E.LINK, _E.CONDITIONAL}),
    "boundary": frozenset(set(_E) - {_E.NONE, _E.TERMINATE, _E.LINK}),
    "throw": frozenset({_E.NONE, _E.MESSAGE, _E.SIGNAL, _E.ESCALATION, _E.LINK, _E.COMPENSATION}),
    "end": frozenset(set(_E) - {_E.TIMER, _E.LINK, _E.CONDITIONAL}),
}
_PLACES: Final = {
    ElementKind.CATCH_EVENT: "catch",
    ElementKind.THROW_EVENT: "throw",
    ElementKind.END_EVENT: "end",
    ElementKind.BOUNDARY_EVENT: "boundary",
}
_ZH: Final = {
    "start": "流程的开始事件",
    "sub-process start": "子流程的开始事件",
    "event sub-process start": "事件子流程的开始事件",
    "catch": "中间捕获事件",
    "boundary": "边界事件",
    "throw": "中间抛出事件",
    "end": "结束事件",
}


def place_of(model: ProcessModel, element: Element) -> str | None:
    """Return the row of ``ALLOWED`` for an event, ``None`` for everything else."""
    if element.kind is ElementKind.START_EVENT:
        if element.parent is None:
            return "start"
        parent = model.elements[element.parent]
        inside = parent.kind is ElementKind.EVENT_SUB_PROCESS
        return "event sub-process start" if inside else "sub-process start"
    return _PLACES.get(element.kind)


def check(model: ProcessModel, findings: Findings) -> None:
    """Check every event."""
    for element in model.elements.values():
        place = place_of(model, element)
        if place is None:
            continue
        if element.event_type not in ALLOWED[place]:
            names = ", ".join(sorted(ALLOWED[place]))
            findings.error(
                "event-place",
                (element.id, element.line),
                f"{_ZH[place]}“{element.name or element.id}”不能是 {element.event_type} 类型；"
                f"可用的类型：{names}。",
                f"A {place} event may not be of type {element.event_type}; use one of: {names}.",
            )
        if element.event_type in (_E.ERROR, _E.CANCEL) and not _interrupts(element):
            findings.error(
                "error-interrupts",
                (element.id, element.line),
                "错误和取消事件总是中断的，请取消“非中断”。",
                "Error and cancel events always interrupt; do not draw them as non-interrupting.",
            )


def _interrupts(element: Element) -> bool:
    return element.event is None or element.event.interrupting
