"""Working days by the Chinese statutory calendar: the one place that knows and counts them.

``days`` says what a date is, ``library`` what comes with the product, ``current`` which calendar
counts now, ``spans`` reads lengths of time, ``counting`` ends a period and says why.
"""

from engine.calendar.alarms import (
    DEFAULT_REMINDERS,
    AlarmKind,
    Escalation,
    EscalationAction,
    EscalationTarget,
    alarm_moment,
    read_escalations,
    read_reminders,
)
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
from engine.calendar.current import calendar_of, current_calendar, set_calendar, set_division
from engine.calendar.days import (
    NATION,
    CalendarYear,
    Day,
    DayKind,
    DivisionCalendar,
    OfficeCalendar,
    SpecialDay,
)
from engine.calendar.hours import NEVER_AGAIN, office_later, read_interval
from engine.calendar.library import library_calendar, library_years
from engine.calendar.notices import (
    Festival,
    contradictions,
    days_of,
    festivals_of,
    special_days,
)
from engine.calendar.spans import Due, Span, SpanKind, add_calendar, read_due

__all__ = [
    "CLOSING",
    "DEFAULT_REMINDERS",
    "NATION",
    "NEVER_AGAIN",
    "OPENING",
    "AlarmKind",
    "CalendarYear",
    "CountedDay",
    "Day",
    "DayKind",
    "DivisionCalendar",
    "Due",
    "Escalation",
    "EscalationAction",
    "EscalationTarget",
    "Festival",
    "OfficeCalendar",
    "Period",
    "Reckoning",
    "Span",
    "SpanKind",
    "SpecialDay",
    "Stop",
    "Verdict",
    "add_calendar",
    "alarm_moment",
    "calendar_of",
    "contradictions",
    "current_calendar",
    "days_of",
    "festivals_of",
    "library_calendar",
    "library_years",
    "office_later",
    "office_moment",
    "read_due",
    "read_escalations",
    "read_interval",
    "read_reminders",
    "reckon",
    "set_calendar",
    "set_division",
    "special_days",
]
