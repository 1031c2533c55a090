"""Which agency acts for a purchaser in a project, since when, by which agreement."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import entrustment

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Entrustment:
    """A row of the table ``entrustment``.

    Attributes:
        instance_key: key of its matter.
        project: key of the project.
        agency: code of the agency.
        unit: code of the purchaser.
        agreement_no: number of the agreement that both have signed.
        scope: what the agency does.
        accepted_at: when the agency took it; ``None`` before.
        ended_at: when a later agency took over, or the matter was ended before an answer.
    """

    instance_key: int
    project: int
    agency: str
    unit: str
    agreement_no: str
    signed_on: date
    scope: str
    submitted_at: datetime
    accepted_at: datetime | None = None
    ended_at: datetime | None = None


def put_entrustment(session: Session, item: Entrustment) -> None:
    """Write a submission over the one before.

    Raises:
        IntegrityError: another agency was asked about the project and has not answered.
    """
    upsert(session, entrustment, asdict(item))


def entrustment_in_force(session: Session, project_key: int) -> Entrustment | None:
    """Return the entrustment by which an agency acts in a project now."""
    return _one(
        session,
        (entrustment.c.project == project_key) & entrustment.c.accepted_at.is_not(None),
    )


def pending_entrustment(session: Session, project_key: int) -> Entrustment | None:
    """Return the entrustment of a project that an agency was asked about and has not answered."""
    return _one(
        session, (entrustment.c.project == project_key) & entrustment.c.accepted_at.is_(None)
    )


def release_ended(session: Session, project_key: int, now: datetime) -> None:
    """Let unanswered requests whose matters were ended stand in nobody's way."""
    ended = select(process_instance.c.key).where(
        process_instance.c.state == InstanceState.TERMINATED
    )
    _end(
        session,
        (entrustment.c.project == project_key)
        & entrustment.c.accepted_at.is_(None)
        & entrustment.c.instance_key.in_(ended),
        now,
    )


def accept_entrustment(session: Session, item: Entrustment, now: datetime) -> None:
    """Let an entrustment be in force from now on; the agency before it no longer acts."""
    _end(
        session,
        (entrustment.c.project == item.project) & entrustment.c.accepted_at.is_not(None),
        now,
    )
    session.execute(
        update(entrustment)
        .where(entrustment.c.instance_key == item.instance_key)
        .values(accepted_at=now)
        .execution_options(synchronize_session=False)
    )


def _end(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(entrustment)
        .where(which, entrustment.c.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def _one(session: Session, which: ColumnElement[bool]) -> Entrustment | None:
    statement = select(entrustment).where(which, entrustment.c.ended_at.is_(None))
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else Entrustment(**row)
