"""Working days by the Chinese statutory calendar: the one place that knows and counts them.

``days`` says what a date is, ``library`` what comes with the product, ``current`` which calendar
counts now, ``spans`` reads lengths of time, ``counting`` ends a period and says why.
"""

from engine.calendar.counting import (
    CLOSING,
    OPENING,
    CountedDay,
    Period,
    Reckoning,
    Stop,
    Verdict,
    office_moment,
    reckon,
)
from engine.calendar.current import current_calendar, set_calendar, set_division
from engine.calendar.days import (
    NATION,
    CalendarYear,
    Day,
    DayKind,
    DivisionCalendar,
    OfficeCalendar,
    SpecialDay,
)
from engine.calendar.library import library_calendar, library_years
from engine.calendar.spans import Span, SpanKind, add_calendar

__all__ = [
    "CLOSING",
    "NATION",
    "OPENING",
    "CalendarYear",
    "CountedDay",
    "Day",
    "DayKind",
    "DivisionCalendar",
    "OfficeCalendar",
    "Period",
    "Reckoning",
    "Span",
    "SpanKind",
    "SpecialDay",
    "Stop",
    "Verdict",
    "add_calendar",
    "current_calendar",
    "library_calendar",
    "library_years",
    "office_moment",
    "reckon",
    "set_calendar",
    "set_division",
]
