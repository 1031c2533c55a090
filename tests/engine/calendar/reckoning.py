"""Counts one period and says when it ends, in office time."""

from __future__ import annotations

from datetime import datetime, time

from engine.calendar import (
    CLOSING,
    OfficeCalendar,
    Period,
    Reckoning,
    Span,
    Stop,
    library_calendar,
    reckon,
)
from engine.clock import OFFICE_ZONE


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def counted(
    span: str,
    since: str,
    *,
    stops: tuple[Stop, ...] = (),
    first: bool = False,
    closes: time = CLOSING,
    division: str = "410100",
    calendar: OfficeCalendar | None = None,
) -> Reckoning:
    period = Period(
        span=Span.parse(span),
        since=beijing(since),
        counts_first_day=first,
        closes=closes,
        stops=stops,
    )
    return reckon(period, (calendar or library_calendar()).of(division))


def due(reckoning: Reckoning) -> str:
    assert reckoning.due_at is not None
    return reckoning.due_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
