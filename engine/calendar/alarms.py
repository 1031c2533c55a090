"""Reminders and escalations as models write them, and when each of them comes."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.calendar.counting import OPENING, office_moment
from engine.calendar.spans import Span, SpanKind
from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    from engine.calendar.days import DivisionCalendar

#: What a user task with a due date reminds of when the model says nothing.
DEFAULT_REMINDERS: Final = "P1WD"
#: The model wants no reminder.
NO_REMINDERS: Final = "none"
#: Alarms of one user task.
MAX_ALARMS: Final = 10
_ESCALATION: Final = re.compile(
    r"(?P<span>P\S+?)\s*:\s*(?P<action>notify|add)\s+"
    r"(?:(?P<plain>initiator|holder)|leader(?::(?P<level>[1-5]))?|role:(?P<role>\w{1,40}))"
)


class AlarmKind(StrEnum):
    """What happens at a moment before or after the due date."""

    #: before it: whoever has the task is told
    REMIND = "remind"
    #: at it: whoever has the task is told
    OVERDUE = "overdue"
    #: after it: somebody else is told or added
    ESCALATE = "escalate"
    #: a link for somebody outside of the office opens nothing from now on: who sent it is told
    LAPSE = "lapse"


class EscalationAction(StrEnum):
    """What an escalation does; it never decides anything."""

    NOTIFY = "notify"
    #: becomes a candidate of the task
    ADD = "add"


class EscalationTarget(StrEnum):
    """Whom an escalation reaches."""

    INITIATOR = "initiator"
    HOLDER = "holder"
    LEADER = "leader"
    ROLE = "role"


@dataclass(frozen=True)
class Escalation:
    """One rung: so long after the due date somebody is told or added.

    Attributes:
        span: after the due date.
        action: told only, or made a candidate too.
        target: who.
        argument: level of the leader (1 to 5), key of the role; else empty.
    """

    span: Span
    action: EscalationAction
    target: EscalationTarget
    argument: str = ""

    def __str__(self) -> str:
        """Return what ``read_escalations`` reads."""
        argument = f":{self.argument}" if self.argument else ""
        return f"{self.span}: {self.action} {self.target}{argument}"


def read_reminders(text: str) -> tuple[Span, ...]:
    """Read ``P2WD, P1WD`` (before the due date) or ``none``.

    Raises:
        ValueError: a part is no span, counts months or years, or there are too many.
    """
    if text.strip() == NO_REMINDERS:
        return ()
    parts = text.split(",")
    _refuse_many(parts)
    return tuple(_offset(part) for part in parts)


def read_escalations(text: str) -> tuple[Escalation, ...]:
    """Read ``P1WD: notify leader; P3WD: add role:head`` (after the due date).

    Raises:
        ValueError: a part cannot be read, or there are too many.
    """
    parts = text.split(";")
    _refuse_many(parts)
    return tuple(_escalation(part.strip()) for part in parts)


def alarm_moment(
    kind: AlarmKind, span: Span | None, due_at: datetime.datetime, calendar: DivisionCalendar
) -> datetime.datetime:
    """Return when an alarm comes, UTC.

    Spans of days come when the office opens on their day, spans with hours to the second.

    Args:
        kind: before, at or after the due date.
        span: how long before or after; ``None`` at it.
        due_at: UTC.
        calendar: counts working days.
    """
    if span is None:
        return due_at
    sign = -1 if kind is AlarmKind.REMIND else 1
    days = span.weeks * 7 + span.days
    if span.kind is SpanKind.CLOCK:
        return due_at + sign * (datetime.timedelta(days=days) + span.clock)
    date = due_at.astimezone(OFFICE_ZONE).date()
    if span.kind is SpanKind.WORKING_DAYS:
        return office_moment(calendar.shift(date, sign * span.working_days), OPENING)
    return office_moment(date + sign * datetime.timedelta(days=days), OPENING)


def _offset(text: str) -> Span:
    span = Span.parse(text)
    if span.years or span.months:
        message = f"{text!r} counts months or years"
        raise ValueError(message)
    return span


def _escalation(text: str) -> Escalation:
    match = _ESCALATION.fullmatch(text)
    if match is None:
        message = f"{text!r} is no escalation"
        raise ValueError(message)
    action, span = EscalationAction(match["action"]), _offset(match["span"])
    if match["role"]:
        return Escalation(span, action, EscalationTarget.ROLE, match["role"])
    if match["plain"]:
        return Escalation(span, action, EscalationTarget(match["plain"]))
    return Escalation(span, action, EscalationTarget.LEADER, match["level"] or "1")


def _refuse_many(parts: list[str]) -> None:
    if len(parts) > MAX_ALARMS:
        message = f"more than {MAX_ALARMS}"
        raise ValueError(message)
