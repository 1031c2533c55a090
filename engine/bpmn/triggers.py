"""What can start a process from outside: its message, signal and timer start events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.listening import EventSource
from engine.bpmn.timers import following

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn.model import ProcessModel


@dataclass(frozen=True)
class StartTrigger:
    """A start event that somebody outside triggers.

    Attributes:
        element_id: the start event.
        kind: ``message``, ``signal`` or ``timer``.
        name: message or signal name, empty for timers.
        due: first due time of a timer, UTC.
        cycle: what is left of a timer cycle after ``due``, for ``next_due``.
    """

    element_id: str
    kind: str
    name: str
    due: datetime | None = None
    cycle: str = ""


_KINDS = {
    EventType.MESSAGE: "message",
    EventType.SIGNAL: "signal",
    EventType.TIMER: "timer",
}


def start_triggers(model: ProcessModel, now: datetime) -> tuple[StartTrigger, ...]:
    """Return the triggers of a process, timers counted from ``now``.

    Raises:
        ExpressionError: a timer or name cannot be evaluated without variables.
    """
    found = []
    for element in model.children.get(None, ()):
        if element.kind is not ElementKind.START_EVENT or element.event_type not in _KINDS:
            continue
        source, kind = EventSource(element), _KINDS[element.event_type]
        due, rest = source.timer.begin({}, now) if source.timer else (None, "")
        name = str(source.name.value({}) or "") if kind != "timer" else ""
        found.append(StartTrigger(element.id, kind, name, due, rest))
    return tuple(found)


def next_due(cycle: str, due: datetime, now: datetime) -> tuple[datetime, str] | None:
    """Return the next due time of a cycle and what is left of it, ``None`` at its end.

    Missed periods are skipped: the cycle fires once for all of them.
    """
    return following(cycle, due, now) if cycle else None
