"""The view of a due date: what it was counted from and what every day was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """A day, or a run of days that were left out for the same reason.

    Attributes:
        first: first day.
        last: last day, the same for a single one.
        verdict: ``arrival``, ``counted``, ``weekend``, ``holiday``, ``stopped``, ``moved`` or
            ``ends``.
        number: which day of the period, 0 for days that do not count.
        name: of the holiday, or of the one that a weekend day is worked for.
        make_up: a weekend day on which people work (调休上班).
        ground: why the clock was stopped.
        document: number of the document that stopped the clock.
    """

    first: date
    last: date
    verdict: str
    number: int = 0
    name: str = ""
    make_up: bool = False
    ground: str = ""
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarSource:
    """A published year that decided about days.

    Attributes:
        division: prefix of a regional addition, empty for the whole country.
        source: number of the document.
    """

    division: str
    year: int
    version: int
    source: str


@dataclass(frozen=True, kw_only=True)
class StopView:
    """A time in which the clock stood still; ``until`` is ``None`` while it does."""

    since: datetime
    until: datetime | None
    ground: str
    document: str
    reason: str
    stopped_by: str
    resumed_by: str
    resume_document: str


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """Why a task is due when it is.

    Attributes:
        amount: number of the span's units, 0 for a fixed date or a mixed span.
        unit: ``working_days``, ``days``, ``weeks``, ``months``, ``years``, ``hours``, ``fixed`` or
            ``span``.
        text: as the model says it, e.g. ``P5WD``.
        since: when it began, UTC.
        closes: time of day at which the last day ends.
        due_at: UTC, ``None`` while the clock stands still.
        stopped_at: since when it stands still, UTC.
        lines: every day in order, runs of days left out joined.
        sources: the published years behind them.
        unpublished: years counted Monday to Friday because nothing is published.
        stops: when the clock stood still.
    """

    amount: int
    unit: str
    text: str
    since: datetime
    closes: str
    due_at: datetime | None
    stopped_at: datetime | None
    lines: Sequence[ClockLine]
    sources: Sequence[CalendarSource]
    unpublished: Sequence[int]
    stops: Sequence[StopView]
