"""Rows of running clocks: what a due date was counted from, when it stood still, what it rings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class AlarmState(StrEnum):
    """Life of an alarm."""

    WAITING = "waiting"
    #: the clock is stopped; it gets a new moment when the clock runs again
    STOPPED = "stopped"
    FIRED = "fired"
    #: the work item had ended before, or the moment was over when the clock ran again
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class DeadlineRow:
    """What a due date is counted from; never a target instant alone.

    Attributes:
        key: of the work item or timer that waits.
        root_key: its matter.
        division: whose calendar counts.
        due: a span such as ``P5WD``, an ISO 8601 date, or a moment.
        since: when it began, UTC.
        counts_first_day: the day on which it began counts, too.
        closes: time of day at which the last day ends, ``18:00``.
        calendar_key: the newest publication when it was counted last.
    """

    key: int
    root_key: int
    division: str
    due: str
    since: datetime
    counts_first_day: bool
    closes: str
    calendar_key: int


@dataclass(frozen=True, kw_only=True)
class StopRow:
    """A time in which a clock stood still.

    Attributes:
        deadline_key: the clock.
        since: UTC.
        until: UTC, ``None`` while it stands still.
        ground: 补正, 听证 …; of a suspended matter ``SUSPENDED``.
        document: number of the document that stopped it.
        reason: in words.
        stopped_by: login.
        resumed_by: login, empty while it stands still.
        resume_document: number of the document that let it run again.
        resume_reason: in words.
    """

    key: int
    deadline_key: int
    root_key: int
    since: datetime
    ground: str
    document: str
    reason: str
    stopped_by: str
    until: datetime | None = None
    resumed_by: str = ""
    resume_document: str = ""
    resume_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AlarmRow:
    """A moment at which somebody is told something about a due date.

    Attributes:
        deadline_key: the clock.
        kind: ``remind``, ``overdue``, ``escalate``, or ``lapse`` of a link for outside.
        rule: as the model writes it: ``P2WD``, ``P1WD: notify leader``; empty for others.
        due_at: when, UTC; of a stopped clock the moment it had.
        fired_at: when it was dealt with, UTC.
    """

    key: int
    deadline_key: int
    root_key: int
    kind: str
    rule: str
    due_at: datetime
    state: AlarmState = AlarmState.WAITING
    fired_at: datetime | None = None
