"""Which calendar counts now: set once per command, read by FEEL and by deadlines."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from engine.calendar.days import NATION, OfficeCalendar
from engine.calendar.library import library_calendar

if TYPE_CHECKING:
    from engine.calendar.days import DivisionCalendar

CalendarSource = Callable[[], OfficeCalendar]

_source: ContextVar[CalendarSource] = ContextVar("calendar", default=library_calendar)
_division: ContextVar[str] = ContextVar("calendar_division", default=NATION)


def set_calendar(source: CalendarSource) -> None:
    """Let ``source`` give the calendar for what follows in this thread, for the whole country.

    It is asked when a working day is counted first, so that others cost nothing.
    """
    _source.set(source)
    _division.set(NATION)


def set_division(division: str) -> None:
    """Count for a division (the matter's) in what follows in this thread."""
    _division.set(division)


def current_calendar() -> DivisionCalendar:
    """Return the calendar that counts now; without an installation the library's."""
    return _source.get()().of(_division.get())


def calendar_of(division: str) -> DivisionCalendar:
    """Return the calendar that counts now for a division."""
    return _source.get()().of(division)
