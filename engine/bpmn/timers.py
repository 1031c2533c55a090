"""When a timer is due: ISO 8601 dates, durations and cycles, cron texts, or FEEL values."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.cron import next_cron
from engine.bpmn.errors import ExpressionError
from engine.bpmn.facts import TimerKind
from engine.calendar import Period, Span, current_calendar, reckon
from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.expressions import FeelText, Literal

_DURATION: Final = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_CYCLE: Final = re.compile(r"R(\d*)/(?:([^/P][^/]*)/)?(P[^/]+)(?:/([^/]+))?")


class TimerText:
    """The timer of one event.

    Attributes:
        kind: how the value is meant.
        value: how to get it.
    """

    def __init__(self, kind: TimerKind, value: FeelText | Literal, element_id: str) -> None:
        """Keep the parts."""
        self.kind = kind
        self.value = value
        self.element_id = element_id

    def begin(self, variables: Mapping[str, Any], now: datetime) -> tuple[datetime, str]:
        """Return (first due time, rest of the cycle or ``""``).

        Raises:
            ExpressionError: the text or value is no time.
        """
        value = self.value.value(variables)
        try:
            if self.kind is TimerKind.DATE:
                return moment(value), ""
            if self.kind is TimerKind.DURATION:
                return later(now, value), ""
            return _first(str(value), now)
        except (ValueError, OverflowError, TypeError) as error:
            raise ExpressionError(
                self.element_id,
                f"定时器“{self.element_id}”的值“{value}”不是合法的时间，"
                "请使用 ISO 8601 的日期、时长或周期。",
                f"The timer {self.element_id} has the value {value!r}, which is no ISO 8601"
                " date, duration or cycle.",
            ) from error

    def working_days(self, variables: Mapping[str, Any]) -> str:
        """Return the span when it is one of working days (``P5WD``), else ``""``.

        Its due time moves when a newer calendar is published.
        """
        if self.kind is not TimerKind.DURATION:
            return ""
        text = str(self.value.value(variables)).strip()
        return text if text.endswith("WD") else ""


def moment(value: Any) -> datetime:
    """Return a point in time in UTC; without an offset it is office time.

    Raises:
        ValueError: the text is no date.
        TypeError: the value is neither text nor time.
    """
    if isinstance(value, str):
        value = datetime.fromisoformat(re.sub(r"@.*|\[.*\]", "", value.strip()))
    if not isinstance(value, datetime):
        if not isinstance(value, date):
            message = f"{type(value).__name__} is no date"
            raise TypeError(message)
        value = datetime.combine(value, time(), OFFICE_ZONE)
    at: datetime = value if value.tzinfo else value.replace(tzinfo=OFFICE_ZONE)
    return at.astimezone(UTC)


def later(start: datetime, value: Any) -> datetime:
    """Return ``start`` plus a duration (ISO 8601 text, timedelta or a FEEL duration).

    ``P5WD`` ends when the office closes on the fifth working day after ``start``'s.

    Raises:
        ValueError: the text is no duration.
    """
    if isinstance(value, timedelta):
        return start + value
    text = str(value).strip()
    if text.endswith("WD"):
        return _working_days_later(start, text)
    match = _DURATION.fullmatch(text)
    if match is None or len(match.group(0)) < 3:
        message = f"{value} is no duration"
        raise ValueError(message)
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups()[:6])
    moved = _add_months(start, years * 12 + months)
    return moved + timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=float(match.group(7) or 0)
    )


def _working_days_later(start: datetime, text: str) -> datetime:
    due = reckon(Period(span=Span.parse(text), since=start), current_calendar()).due_at
    if due is None:  # only a stopped clock has no end, and this one was never stopped
        message = f"{text} does not end"
        raise ValueError(message)
    return due


def _add_months(start: datetime, months: int) -> datetime:
    """Move by months in office time; the 31st becomes the last day of a shorter month."""
    if not months:
        return start
    local = start.astimezone(OFFICE_ZONE)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return local.replace(year=year, month=month + 1, day=min(local.day, last)).astimezone(UTC)


def _first(text: str, now: datetime) -> tuple[datetime, str]:
    match = _CYCLE.fullmatch(text.strip())
    if match is None:
        return next_cron(text, now), text.strip()
    count, start, duration, _end = match.groups()
    left = int(count) - 1 if count else -1
    due = moment(start) if start else later(now, duration)
    return due, f"{left}/{duration}"


def following(rest: str, due: datetime, now: datetime) -> tuple[datetime, str] | None:
    """Return the next due time of a cycle and its rest, ``None`` at its end.

    Periods missed during a downtime are skipped: the cycle fires once for all of them.

    Raises:
        ValueError: the rest was not made by ``TimerText.begin``.
    """
    left, _, duration = rest.partition("/P")
    if not duration:
        return next_cron(rest, now), rest
    number = int(left)
    while number:
        due = later(due, "P" + duration)
        number -= 1
        if due > now:
            return due, f"{number}/P{duration}"
    return None
