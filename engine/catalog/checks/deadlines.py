"""Due dates of user tasks: written so that they can be read, and within published calendars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from engine.calendar import Span, SpanKind, current_calendar, read_due
from engine.catalog.checks.subject import fault, hint
from engine.clock import OFFICE_ZONE
from engine.feel.office import present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

#: Properties that say something only where there is a due date.
_NEED_A_DATE: Final = ("clock.stops", "due.closes", "due.first-day", "escalate", "remind")


def check_deadlines(subject: Subject) -> Iterator[Finding]:
    """Check the due date of every user task."""
    for resource, _model, element in subject.elements:
        task = element.user_task
        if task is None:
            continue
        if not task.due_date:
            yield from _without_date(resource, element)
        elif not task.due_date.startswith("="):
            yield from _literal(resource, element, task.due_date)


def _without_date(resource: Resource, element: Element) -> Iterator[Finding]:
    for name in _NEED_A_DATE:
        if name in element.properties:
            yield hint(
                resource,
                "no-due-date",
                element,
                f"环节“{element.name}”写了“{name}”，但没有办理期限（dueDate），不会起作用。",
                f"{element.id!r} has {name!r} but no dueDate; it has no effect",
            )


def _literal(resource: Resource, element: Element, text: str) -> Iterator[Finding]:
    try:
        due = read_due(text)
    except ValueError:
        yield fault(
            resource,
            "due-date",
            element,
            f"环节“{element.name}”的办理期限“{text}”无法识别，请写 P5WD（工作日）、P3D（自然日）、"
            "PT4H（小时）、日期，或以 = 开头的 FEEL。",
            f"the due date {text!r} of {element.id!r} cannot be read; write P5WD (working days),"
            " P3D (days), PT4H (hours), a date, or FEEL with a leading =",
        )
        return
    if isinstance(due, Span) and due.kind is not SpanKind.CLOCK:
        yield from _unpublished(resource, element, due)


def _unpublished(resource: Resource, element: Element, due: Span) -> Iterator[Finding]:
    """Warn when a matter that begins today would be counted in a year without a calendar."""
    calendar, today = current_calendar(), present().astimezone(OFFICE_ZONE).date()
    last = today + timedelta(days=due.days + due.weeks * 7 + due.months * 31 + due.years * 366)
    if due.working_days:
        last = calendar.shift(today, due.working_days)
    for year in range(today.year, last.year + 1):
        if not calendar.is_published(year):
            yield hint(
                resource,
                "calendar-missing",
                element,
                f"环节“{element.name}”的期限会跨入 {year} 年，{year} 年日历尚未发布，"
                "暂按周一至周五计算；请管理员发布该年日历。",
                f"the period of {element.id!r} reaches into {year}, for which no calendar is"
                " published; Monday to Friday are counted until an administrator publishes it",
            )
