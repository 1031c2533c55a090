"""Going on by office time: hours of work, working days, days."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from engine.calendar.counting import CLOSING, OPENING, office_moment
from engine.calendar.spans import Span, SpanKind, add_calendar
from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    from engine.calendar.days import DivisionCalendar

_NEXT: Final = datetime.timedelta(days=1)
#: In place of an interval.
NEVER_AGAIN: Final = "never"


def read_interval(text: str) -> Span | None:
    """Read how often something may be done: a span, ``None`` for ``never``.

    Raises:
        ValueError: it is neither.
    """
    return None if text.strip() == NEVER_AGAIN else Span.parse(text)


def office_later(
    moment: datetime.datetime, span: Span, calendar: DivisionCalendar
) -> datetime.datetime:
    """Return the moment a span later, UTC; hours are hours in which the office is open.

    Args:
        moment: UTC.
        span: hours, working days, or days of the calendar.
        calendar: knows the working days.
    """
    local = moment.astimezone(OFFICE_ZONE)
    if span.kind is SpanKind.CLOCK:
        days = datetime.timedelta(days=span.weeks * 7 + span.days)
        return _after_hours(moment + days, span.clock, calendar)
    if span.kind is SpanKind.WORKING_DAYS:
        return office_moment(calendar.shift(local.date(), span.working_days), local.time())
    return office_moment(add_calendar(local.date(), span), local.time())


def _after_hours(
    moment: datetime.datetime, left: datetime.timedelta, calendar: DivisionCalendar
) -> datetime.datetime:
    date = moment.astimezone(OFFICE_ZONE).date()
    while True:
        date = calendar.next_working(date)
        begin = max(moment, office_moment(date, OPENING))
        room = max(office_moment(date, CLOSING) - begin, datetime.timedelta())
        if left <= room:
            return begin + left
        left -= room
        date += _NEXT
