"""Filings of changed awards as rows, and what R26 calls their state."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import award_change

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class FilingState(StrEnum):
    """How far the latest filing of a project has come, as R26 calls it."""

    NONE = "无"
    REVIEWING = "审核中"
    RETURNED = "已退回"
    FILED = "已完成"
    USED = "已使用"


@dataclass(frozen=True, kw_only=True)
class AwardChange:
    """A row of the table ``award_change``.

    Attributes:
        instance_key: key of its matter.
        award: key of the award that is changed.
        new_amount: yuan.
        number: filing number, ``None`` before the last approval.
        used_at: when a change notice was published by it.
    """

    instance_key: int
    project: int
    award: int
    unit: str
    new_supplier: str
    new_amount: Decimal
    basis: str
    reason: str
    submitted_at: datetime
    returned_at: datetime | None = None
    number: str | None = None
    filed_at: datetime | None = None
    used_at: datetime | None = None

    @property
    def state(self) -> FilingState:
        """What R26 calls it."""
        if self.used_at is not None:
            return FilingState.USED
        if self.filed_at is not None:
            return FilingState.FILED
        return FilingState.REVIEWING if self.returned_at is None else FilingState.RETURNED


def put_change(session: Session, item: AwardChange) -> None:
    """Write a submission over the one before.

    Raises:
        IntegrityError: the project has another open filing.
    """
    upsert(session, award_change, asdict(item))


def latest_change(session: Session, project_key: int) -> AwardChange | None:
    """Return the latest filing of a project whose matter was not ended."""
    found = _read(session, award_change.c.project == project_key)
    return found[0] if found else None


def changes_of_project(session: Session, project_key: int) -> list[AwardChange]:
    """Return the filings of a project whose matters were not ended, oldest first."""
    return _read(session, award_change.c.project == project_key)[::-1]


def change_of(session: Session, instance_key: int) -> AwardChange | None:
    """Return the filing of a matter."""
    found = _read(session, award_change.c.instance_key == instance_key)
    return found[0] if found else None


def _read(session: Session, which: ColumnElement[bool]) -> list[AwardChange]:
    names = list(AwardChange.__dataclass_fields__)
    statement = (
        select(*(award_change.c[name] for name in names))
        .join(process_instance, process_instance.c.key == award_change.c.instance_key)
        .where(which, process_instance.c.state != InstanceState.TERMINATED)
        .order_by(award_change.c.submitted_at.desc(), award_change.c.instance_key.desc())
    )
    return [AwardChange(**row) for row in session.execute(statement).mappings()]


def release_ended(session: Session, project_key: int, now: datetime) -> None:
    """Let filings of a project whose matters were ended stand in nobody's way."""
    ended = select(process_instance.c.key).where(
        process_instance.c.state == InstanceState.TERMINATED
    )
    session.execute(
        update(award_change)
        .where(
            award_change.c.project == project_key,
            award_change.c.released_at.is_(None),
            award_change.c.instance_key.in_(ended),
        )
        .values(released_at=now)
        .execution_options(synchronize_session=False)
    )


def mark_returned(session: Session, instance_key: int, now: datetime) -> None:
    """Say that a filing went back to its purchaser."""
    _set(session, instance_key, returned_at=now)


def file_change(session: Session, instance_key: int, number: str, now: datetime) -> None:
    """Give a filing its number."""
    _set(session, instance_key, number=number, filed_at=now)


def use_change(session: Session, instance_key: int, now: datetime) -> None:
    """Say that a change notice was published by a filing."""
    _set(session, instance_key, used_at=now)


def _set(session: Session, instance_key: int, **values: datetime | str) -> None:
    session.execute(
        update(award_change)
        .where(award_change.c.instance_key == instance_key)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
