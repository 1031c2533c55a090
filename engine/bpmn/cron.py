"""Cron texts of timers, in office time: ``0 30 9 * * MON-FRI`` (seconds first) or five fields."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Final

from engine.clock import OFFICE_ZONE

_DAYS: Final = {name: n for n, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))}
_MONTHS: Final = {
    name: n + 1
    for n, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    )
}
_NICKNAMES: Final = {
    "@hourly": "0 0 * * * *",
    "@daily": "0 0 0 * * *",
    "@weekly": "0 0 0 * * SUN",
    "@monthly": "0 0 0 1 * *",
    "@yearly": "0 0 0 1 1 *",
}
#: Years that are searched before a text such as 30 February is given up.
_HORIZON_DAYS: Final = 366 * 9


def _field(text: str, low: int, high: int, names: dict[str, int]) -> frozenset[int]:
    found: set[int] = set()
    for part in text.upper().split(","):
        span, _, step = part.partition("/")
        if span in ("*", "?"):
            first, last = low, high
        else:
            begin, dash, end = span.partition("-")
            first = names.get(begin, -1) if begin in names else int(begin)
            last = (names.get(end, -1) if end in names else int(end)) if dash else first
            last = high if step and not dash else last
        if not low <= first <= last <= high:
            message = f"{part} is outside {low}-{high}"
            raise ValueError(message)
        found.update(range(first, last + 1, int(step or 1)))
    return frozenset(found)


def next_cron(text: str, after: datetime) -> datetime:
    """Return the first moment after ``after`` that the cron text names, in UTC.

    Raises:
        ValueError: the text is no cron text, or no day ever matches.
    """
    fields = _NICKNAMES.get(text.strip().lower(), text).split()
    if len(fields) == 5:
        fields = ["0", *fields]
    if len(fields) != 6:
        message = f"{text} has {len(fields)} fields, not 5 or 6"
        raise ValueError(message)
    seconds, minutes, hours = (
        sorted(_field(fields[n], 0, high, {})) for n, high in ((0, 59), (1, 59), (2, 23))
    )
    months = _field(fields[4], 1, 12, _MONTHS)
    days = _field(fields[3], 1, 31, {})
    weekdays = frozenset(day % 7 for day in _field(fields[5], 0, 7, _DAYS))
    start = after.astimezone(OFFICE_ZONE).replace(microsecond=0) + timedelta(seconds=1)
    for offset in range(_HORIZON_DAYS):
        day = start.date() + timedelta(days=offset)
        if day.month in months and day.day in days and day.isoweekday() % 7 in weekdays:
            for clock in product(hours, minutes, seconds):
                at = datetime.combine(day, time(*clock), OFFICE_ZONE)
                if at >= start:
                    return at.astimezone(UTC)
    message = f"{text} never comes"
    raise ValueError(message)
