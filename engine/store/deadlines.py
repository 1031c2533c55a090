"""Clocks: deadlines with their stops and alarms, inside one unit of work."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, insert, or_, select, update

from engine.model.deadlines import AlarmRow, AlarmState, DeadlineRow, StopRow
from engine.model.states import LIVE_TIMERS, LIVE_WORK
from engine.store.due_work import alarm_is_due
from engine.store.entries import NEVER
from engine.store.tables import alarm, clock_stop, deadline, timer, work_item, worklist_entry
from engine.store.work_items import work_item_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from engine.model.work import WorkItem

_DEADLINE: Final = tuple(item.name for item in fields(DeadlineRow))
_STOP: Final = tuple(item.name for item in fields(StopRow))
_ALARM: Final = tuple(item.name for item in fields(AlarmRow))
#: States in which an alarm may still ring.
LIVE_ALARMS: Final = (AlarmState.WAITING, AlarmState.STOPPED)

_SCHEDULE: Final = (
    update(work_item)
    .where(
        work_item.c.key == bindparam("item_key"),
        # written out: a list of values cannot be combined with many rows
        or_(*(work_item.c.state == state for state in LIVE_WORK)),
    )
    .values(due_at=bindparam("due"), clock_stopped_at=bindparam("stopped_at"))
)
_RELIST: Final = (
    update(worklist_entry)
    .where(
        worklist_entry.c.root_key == bindparam("matter"),
        worklist_entry.c.work_item_key == bindparam("item_key"),
    )
    .values(due_order=bindparam("due_listed"))
)


def alarm_of(columns: Any) -> AlarmRow:
    """Return the alarm of a mapping with the columns of its table."""
    values = {name: columns[name] for name in _ALARM}
    return AlarmRow(**(values | {"state": AlarmState(values["state"])}))


class Deadlines:
    """Clocks inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, deadlines: Sequence[DeadlineRow], alarms: Sequence[AlarmRow]) -> None:
        """Let clocks begin, in two statements at the most."""
        if deadlines:
            self._session.execute(insert(deadline), [vars(row) for row in deadlines])
        if alarms:
            self._session.execute(insert(alarm), [vars(row) for row in alarms])

    def get(self, key: int) -> DeadlineRow | None:
        """Return the clock of a work item or timer."""
        row = self._session.execute(select(deadline).where(deadline.c.key == key)).one_or_none()
        return None if row is None else DeadlineRow(**row._mapping)

    def of_matter(self, root_key: int) -> list[DeadlineRow]:
        """Return every clock that a matter ever had."""
        statement = select(deadline).where(deadline.c.root_key == root_key).order_by(deadline.c.key)
        return [DeadlineRow(**row._mapping) for row in self._session.execute(statement)]

    def counted_before(self, calendar_key: int, after: int, limit: int) -> list[DeadlineRow]:
        """Return clocks that still matter and were counted by an older calendar, by key.

        Args:
            calendar_key: the newest publication.
            after: only clocks beyond this key.
            limit: at most so many.
        """
        item = select(work_item.c.key).where(
            work_item.c.key == deadline.c.key, work_item.c.state.in_(LIVE_WORK)
        )
        waiting = select(timer.c.key).where(
            timer.c.key == deadline.c.key, timer.c.state.in_(LIVE_TIMERS)
        )
        statement = (
            select(deadline)
            .where(
                deadline.c.key > after,
                deadline.c.calendar_key < calendar_key,
                or_(item.exists(), waiting.exists()),
            )
            .order_by(deadline.c.key)
            .limit(limit)
        )
        return [DeadlineRow(**row._mapping) for row in self._session.execute(statement)]

    def open_in(self, first: datetime, last: datetime) -> int:
        """Return how many open work items have a period that touches these moments."""
        statement = (
            select(func.count())
            .select_from(work_item)
            .join(deadline, deadline.c.key == work_item.c.key)
            .where(
                work_item.c.state.in_(LIVE_WORK),
                deadline.c.since <= last,
                work_item.c.due_at >= first,
            )
        )
        return self._session.execute(statement).scalar_one()

    def recounted(self, keys: Sequence[int], calendar_key: int) -> None:
        """Remember by which calendar clocks were counted last."""
        self._session.execute(
            update(deadline).where(deadline.c.key.in_(keys)).values(calendar_key=calendar_key)
        )

    def schedule(
        self, changes: Sequence[tuple[WorkItem, datetime | None]], stopped_at: datetime | None
    ) -> None:
        """Give work items new due times, in their rows and on the lists, in two statements.

        Args:
            changes: (work item, UTC or ``None`` while its clock stands still).
            stopped_at: since when their clocks stand still, ``None`` when they run.
        """
        if not changes:
            return
        rows = [
            {
                "item_key": item.key,
                "matter": item.root_key,
                "due": due_at,
                "due_listed": due_at or NEVER,
                "stopped_at": stopped_at,
            }
            for item, due_at in changes
        ]
        connection = self._session.connection()
        connection.execute(_SCHEDULE, rows)
        connection.execute(_RELIST, rows)

    def live_items(self, keys: Sequence[int]) -> dict[int, WorkItem]:
        """Return those of these work items that have not ended."""
        statement = select(work_item).where(
            work_item.c.key.in_(keys), work_item.c.state.in_(LIVE_WORK)
        )
        return {row.key: work_item_of(row) for row in self._session.execute(statement)}

    def stops(self, keys: Sequence[int]) -> dict[int, list[StopRow]]:
        """Return the stops of clocks, oldest first."""
        statement = (
            select(clock_stop)
            .where(clock_stop.c.deadline_key.in_(keys))
            .order_by(clock_stop.c.since, clock_stop.c.key)
        )
        found: dict[int, list[StopRow]] = {key: [] for key in keys}
        for row in self._session.execute(statement):
            stop = StopRow(**{name: row._mapping[name] for name in _STOP})
            found[stop.deadline_key].append(stop)
        return found

    def stop(self, rows: Sequence[StopRow]) -> None:
        """Let clocks stand still.

        Raises:
            sqlalchemy.exc.IntegrityError: one of them stands still already.
        """
        if rows:
            self._session.execute(insert(clock_stop), [vars(row) for row in rows])

    def resume(self, stop_keys: Sequence[int], **values: Any) -> None:
        """End stops: ``until``, ``resumed_by``, ``resume_document``, ``resume_reason``."""
        self._session.execute(
            update(clock_stop).where(clock_stop.c.key.in_(stop_keys)).values(**values)
        )

    def alarms(self, keys: Sequence[int]) -> dict[int, list[AlarmRow]]:
        """Return the alarms of clocks that may still ring."""
        statement = (
            select(alarm)
            .where(alarm.c.deadline_key.in_(keys), alarm.c.state.in_(LIVE_ALARMS))
            .order_by(alarm.c.key)
        )
        found: dict[int, list[AlarmRow]] = {key: [] for key in keys}
        for row in self._session.execute(statement):
            found[row.deadline_key].append(alarm_of(row._mapping))
        return found

    def all_alarms(self, key: int) -> list[AlarmRow]:
        """Return every alarm that a clock ever had, by its moment."""
        statement = (
            select(alarm).where(alarm.c.deadline_key == key).order_by(alarm.c.due_at, alarm.c.key)
        )
        return [alarm_of(row._mapping) for row in self._session.execute(statement)]

    def due_alarm(self, now: datetime) -> AlarmRow | None:
        """Return the alarm that is due first."""
        statement = (
            select(alarm).where(alarm_is_due(now)).order_by(alarm.c.due_at, alarm.c.key).limit(1)
        )
        row = self._session.execute(statement).one_or_none()
        return None if row is None else alarm_of(row._mapping)

    def settle_alarm(self, read: AlarmRow, state: AlarmState, at: datetime) -> bool:
        """End a waiting alarm; ``False`` when somebody was faster or moved it."""
        result = self._session.execute(
            update(alarm)
            .where(
                alarm.c.key == read.key,
                alarm.c.state == AlarmState.WAITING,
                alarm.c.due_at == read.due_at,
            )
            .values(state=state, fired_at=at)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def hold_alarms(self, deadline_keys: Sequence[int]) -> None:
        """Let the alarms of stopped clocks wait."""
        self._session.execute(
            update(alarm)
            .where(alarm.c.deadline_key.in_(deadline_keys), alarm.c.state == AlarmState.WAITING)
            .values(state=AlarmState.STOPPED)
        )

    def move_alarms(self, rows: Sequence[AlarmRow]) -> None:
        """Give alarms that may still ring a new moment and state."""
        if rows:
            statement = (
                update(alarm)
                .where(
                    alarm.c.key == bindparam("alarm_key"),
                    or_(*(alarm.c.state == state for state in LIVE_ALARMS)),
                )
                .values(due_at=bindparam("moment"), state=bindparam("new_state"))
            )
            self._session.connection().execute(
                statement,
                [
                    {"alarm_key": row.key, "moment": row.due_at, "new_state": row.state}
                    for row in rows
                ],
            )
