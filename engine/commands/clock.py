"""The clock of a user task: its terms in the model, when it ends, what it rings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from engine.calendar import (
    CLOSING,
    DEFAULT_REMINDERS,
    AlarmKind,
    Escalation,
    Period,
    Reckoning,
    Span,
    Stop,
    alarm_moment,
    calendar_of,
    office_moment,
    read_due,
    read_escalations,
    read_reminders,
    reckon,
)
from engine.errors import ConfigurationError
from engine.model.deadlines import AlarmRow, AlarmState, DeadlineRow
from engine.model.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn import Element
    from engine.calendar import DivisionCalendar
    from engine.model.deadlines import StopRow
    from engine.model.work import Instance

#: Value of ``due.first-day`` that lets the day of arrival count.
FIRST_DAY_COUNTS: Final = "counts"


@dataclass(frozen=True)
class Terms:
    """What the properties of a user task say about its clock.

    Attributes:
        closes: ``due.closes``, when the last day ends.
        counts_first_day: ``due.first-day`` is ``counts``.
        reminders: ``remind``, spans before the due date.
        escalations: ``escalate``, after it.
        grounds: ``clock.stops``, for which the clock may be stopped; empty = for none.
    """

    closes: time
    counts_first_day: bool
    reminders: tuple[Span, ...]
    escalations: tuple[Escalation, ...]
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Clock:
    """The rows of a clock that begins, and when it ends."""

    deadline: DeadlineRow
    due_at: datetime | None
    alarms: tuple[AlarmRow, ...]


def terms_of(properties: Mapping[str, str]) -> Terms:
    """Read the terms.

    Raises:
        ValueError: a property cannot be read; the checks at deployment name it.
    """
    escalate = properties.get("escalate", "")
    closes = properties.get("due.closes", "")
    return Terms(
        closes=time.fromisoformat(closes) if closes else CLOSING,
        counts_first_day=properties.get("due.first-day") == FIRST_DAY_COUNTS,
        reminders=read_reminders(properties.get("remind", DEFAULT_REMINDERS)),
        escalations=read_escalations(escalate) if escalate else (),
        grounds=grounds_of(properties),
    )


def grounds_of(properties: Mapping[str, str]) -> tuple[str, ...]:
    """Return for what the clock may be stopped, in the order of the model."""
    texts = properties.get("clock.stops", "").replace("、", ",").split(",")
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def begin_clock(key: int, due: str, element: Element, root: Instance, now: datetime) -> Clock:
    """Let a clock begin.

    Args:
        key: of the work item.
        due: ``Wait.due_date``: a span, a date or a moment.
        element: its user task.
        root: its matter.
        now: UTC.

    Raises:
        ConfigurationError: the model's terms cannot be read, or the period does not end.
    """
    try:
        terms, calendar = terms_of(element.properties), calendar_of(root.division)
        row = DeadlineRow(
            key=key,
            root_key=root.key,
            division=root.division,
            due=due,
            since=now,
            counts_first_day=terms.counts_first_day,
            closes=f"{terms.closes:%H:%M}",
            calendar_key=calendar.key,
        )
        due_at = reckoned(row, (), calendar).due_at
        alarms = () if due_at is None else _alarms(row, terms, due_at, calendar)
    except ValueError as error:
        raise ConfigurationError(
            f"环节“{element.name}”的办理期限或提醒设置无法识别，请管理员修改流程图。",
            f"The due date or reminders of {element.id} cannot be read ({error}).",
        ) from error
    return Clock(row, due_at, alarms)


def timer_clock(key: int, span: str, root: Instance, now: datetime) -> Clock:
    """Return the clock of a timer that counts working days; it follows the calendar."""
    row = DeadlineRow(
        key=key,
        root_key=root.key,
        division=root.division,
        due=span,
        since=now,
        counts_first_day=False,
        closes=f"{CLOSING:%H:%M}",
        calendar_key=calendar_of(root.division).key,
    )
    return Clock(row, None, ())


def reckoned(row: DeadlineRow, stops: Sequence[StopRow], calendar: DivisionCalendar) -> Reckoning:
    """Count a clock to its end.

    Raises:
        ValueError: the row was not written by ``begin_clock``, or the period does not end.
    """
    due = read_due(row.due)
    if isinstance(due, Span):
        period = Period(
            span=due,
            since=row.since,
            counts_first_day=row.counts_first_day,
            closes=time.fromisoformat(row.closes),
            stops=[_stop(stop) for stop in stops],
        )
        return reckon(period, calendar)
    if any(stop.until is None for stop in stops):
        return Reckoning(None)
    if isinstance(due, datetime):
        return Reckoning(due)
    return Reckoning(office_moment(due, time.fromisoformat(row.closes)))


def moved_alarms(
    alarms: Sequence[AlarmRow], due_at: datetime, calendar: DivisionCalendar, now: datetime
) -> list[AlarmRow]:
    """Return alarms that may still ring with their moments for a new due date.

    A reminder whose moment is over comes now, unless the due date is over too.
    """
    moved = []
    for row in alarms:
        kind = AlarmKind(row.kind)
        moment = alarm_moment(kind, _span(row), due_at, calendar)
        state = AlarmState.WAITING
        if kind is AlarmKind.REMIND and due_at <= now:
            state = AlarmState.GONE
        moved.append(replace(row, due_at=moment, state=state))
    return moved


def is_span(row: DeadlineRow) -> bool:
    """Tell whether a clock counts a span, which a stop makes longer."""
    return isinstance(read_due(row.due), Span)


def is_counted_in_days(row: DeadlineRow) -> bool:
    """Tell whether a calendar decides when a clock ends."""
    due = read_due(row.due)
    return isinstance(due, Span) and not due.timed


def due_words(row: DeadlineRow) -> Span | date:
    """Return what a clock counts, for people."""
    return read_due(row.due)


def _alarms(
    row: DeadlineRow, terms: Terms, due_at: datetime, calendar: DivisionCalendar
) -> tuple[AlarmRow, ...]:
    """Return every alarm; a reminder that would come before the task itself is left out."""
    found = [(AlarmKind.REMIND, span, str(span)) for span in terms.reminders]
    found += [(AlarmKind.ESCALATE, rung.span, str(rung)) for rung in terms.escalations]
    rows = [
        _alarm(row, kind, rule, alarm_moment(kind, span, due_at, calendar))
        for kind, span, rule in found
    ]
    rows.append(_alarm(row, AlarmKind.OVERDUE, "", due_at))
    return tuple(
        alarm for alarm in rows if alarm.kind != AlarmKind.REMIND or alarm.due_at > row.since
    )


def _alarm(row: DeadlineRow, kind: AlarmKind, rule: str, moment: datetime) -> AlarmRow:
    return AlarmRow(
        key=new_key(),
        deadline_key=row.key,
        root_key=row.root_key,
        kind=kind,
        rule=rule,
        due_at=moment,
    )


def _span(row: AlarmRow) -> Span | None:
    if row.kind == AlarmKind.REMIND:
        return Span.parse(row.rule)
    if row.kind == AlarmKind.ESCALATE:
        return read_escalations(row.rule)[0].span
    return None


def _stop(row: StopRow) -> Stop:
    return Stop(since=row.since, until=row.until, ground=row.ground, document=row.document)
