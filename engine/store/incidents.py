"""Incidents: where execution stopped and a person must act."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from engine.model.keys import new_key
from engine.model.states import InstanceState, JobState, TimerState
from engine.store.tables import delivery, incident, job, process_instance, timer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class Stopped(StrEnum):
    """What stopped: a row that can be tried again, or a step that a person may repeat."""

    STEP = "step"
    JOB = "job"
    TIMER = "timer"
    DELIVERY = "delivery"
    #: a work item that nobody may take
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """An incident.

    Attributes:
        stopped: kind of what stopped.
        stopped_key: its row, ``None`` for a step.
        kind: error code.
    """

    key: int
    instance_key: int
    root_key: int
    element_id: str
    stopped: Stopped
    stopped_key: int | None
    kind: str
    message: str
    created_at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None


_FIELDS = tuple(item.name for item in fields(IncidentRow))


class Incidents:
    """Incidents inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, **values: Any) -> None:
        """Store an incident: the fields of ``IncidentRow`` without the key."""
        self._session.execute(insert(incident).values(key=new_key(), **values))

    def get(self, key: int) -> IncidentRow | None:
        """Return an incident."""
        row = self._session.execute(select(incident).where(incident.c.key == key)).one_or_none()
        return None if row is None else incident_of(row)

    def open(self, limit: int = 200) -> list[IncidentRow]:
        """Return unresolved incidents, newest first."""
        statement = (
            select(incident)
            .where(incident.c.resolved_at.is_(None))
            .order_by(incident.c.key.desc())
            .limit(limit)
        )
        return [incident_of(row) for row in self._session.execute(statement)]

    def resolve(self, key: int, login: str, at: datetime) -> bool:
        """Close an incident by compare-and-set."""
        result = self._session.execute(
            update(incident)
            .where(incident.c.key == key, incident.c.resolved_at.is_(None))
            .values(resolved_at=at, resolved_by=login)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def stop_step(self, root_key: int) -> None:
        """Mark a matter whose step could not be finished."""
        self._session.execute(
            update(process_instance)
            .where(
                process_instance.c.key == root_key,
                process_instance.c.state == InstanceState.ACTIVE,
            )
            .values(state=InstanceState.INCIDENT)
        )

    def resolve_steps(self, root_key: int, login: str, at: datetime) -> None:
        """Close the incidents of steps of a matter that has moved on."""
        self._session.execute(
            update(incident)
            .where(
                incident.c.root_key == root_key,
                incident.c.stopped == Stopped.STEP,
                incident.c.resolved_at.is_(None),
            )
            .values(resolved_at=at, resolved_by=login)
        )

    def resolve_job(self, job_key: int, login: str, at: datetime) -> None:
        """Close the open incident of a job, if it has one."""
        self._session.execute(
            update(incident)
            .where(
                incident.c.stopped == Stopped.JOB,
                incident.c.stopped_key == job_key,
                incident.c.resolved_at.is_(None),
            )
            .values(resolved_at=at, resolved_by=login)
        )

    def resolve_work(self, work_item_key: int, login: str, at: datetime) -> None:
        """Close the incident of a work item that nobody could do, if it has one."""
        self._session.execute(
            update(incident)
            .where(
                incident.c.stopped == Stopped.WORK,
                incident.c.stopped_key == work_item_key,
                incident.c.resolved_at.is_(None),
            )
            .values(resolved_at=at, resolved_by=login)
        )

    def stop_timer(self, key: int) -> None:
        """Set a due timer aside."""
        self._session.execute(
            update(timer)
            .where(timer.c.key == key, timer.c.state == TimerState.WAITING)
            .values(state=TimerState.INCIDENT)
        )

    def restart(self, row: IncidentRow, now: datetime, attempts: int) -> bool:
        """Put what stopped back to work; ``False`` when it is not stopped any more."""
        if row.stopped is Stopped.JOB:
            statement = (
                update(job)
                .where(job.c.key == row.stopped_key, job.c.state == JobState.INCIDENT)
                .values(state=JobState.READY, run_at=now, max_attempts=job.c.attempt + attempts)
            )
        elif row.stopped is Stopped.TIMER:
            statement = (
                update(timer)
                .where(timer.c.key == row.stopped_key, timer.c.state == TimerState.INCIDENT)
                .values(state=TimerState.WAITING)
            )
        elif row.stopped is Stopped.DELIVERY:
            statement = (
                update(delivery)
                .where(delivery.c.key == row.stopped_key, delivery.c.state == "incident")
                .values(state="waiting")
            )
        else:
            return True
        return bool(self._session.execute(statement).rowcount == 1)  # type: ignore[attr-defined]


def incident_of(row: Any) -> IncidentRow:
    """Return the incident of a row with all columns of its table."""
    values = {name: row._mapping[name] for name in _FIELDS}
    values["stopped"] = Stopped(values["stopped"])
    return IncidentRow(**values)
