"""The only place where the present moment comes from; tests put their own clock in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

#: The zone in which people read and write dates (China Standard Time, no daylight saving).
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> datetime:
        """Return the present moment, timezone-aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a given moment and runs on; for demonstrations and tests.

    Attributes:
        base: the clock that gives the pace; partners know only this one.
    """

    def __init__(self, start: datetime, base: Clock | None = None) -> None:
        """Start at ``start`` (timezone-aware) now; ``base`` gives the pace."""
        self.base = base or SystemClock()
        self._offset = start - self.base.now()

    def now(self) -> datetime:
        """Return the start moment plus the time that passed since, in UTC."""
        return (self.base.now() + self._offset).astimezone(UTC)


class FakeClock:
    """A clock that stands still until it is moved; for tests and for the embedding example."""

    def __init__(self, start: datetime) -> None:
        """Start at ``start``, which must be timezone-aware."""
        if start.tzinfo is None:
            message = "the clock needs a timezone-aware datetime"
            raise ValueError(message)
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment that was set last, in UTC."""
        return self._now

    def advance(self, delta: timedelta) -> datetime:
        """Move forward by ``delta`` and return the new moment."""
        self._now += delta
        return self._now

    def set(self, moment: datetime) -> None:
        """Jump to ``moment`` (timezone-aware), forwards or backwards."""
        self._now = moment.astimezone(UTC)


def office_text(moment: datetime | None) -> str:
    """Write a moment as offices do, ``2026-06-10 09:00``; ``""`` for none."""
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if moment else ""
