"""Lots of a project: received from the trading centre or the project's own single one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from engine.model.keys import new_key
from handlers.records.tables import lot, notice_lot, project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from handlers.records.projects import Project


class LotState(StrEnum):
    """How far a lot has come."""

    RECEIVED = "received"
    ANNOUNCED = "announced"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    FAILED = "failed"
    TERMINATED = "terminated"


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A row of the table ``lot``.

    Attributes:
        number: e.g. ``平财计备-2026-00009-01``, unique everywhere.
        amount: yuan.
        revision: rises with every change by the trading centre.
        message_id: the centre's message that changed it last, empty for an own lot.
    """

    key: int
    project: int
    number: str
    name: str
    amount: Decimal
    state: LotState
    revision: int
    message_id: str
    received_at: datetime
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class IncomingLot:
    """A lot as the trading centre sends it."""

    number: str
    name: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a message changed.

    Attributes:
        added: numbers of new lots.
        changed: numbers of lots with another name or amount than before.
        frozen: numbers of lots that are announced already and were left as they are.
        total: Σ of all lots of the project afterwards, yuan.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    frozen: tuple[str, ...]
    total: Decimal


def lots_of(session: Session, project_key: int) -> list[Lot]:
    """Return all lots of a project by number."""
    return _read(session, lot.c.project == project_key)


def lots_of_numbers(session: Session, numbers: Sequence[str]) -> list[Lot]:
    """Return the lots that exist under ``numbers``, by number."""
    return _read(session, lot.c.number.in_(numbers))


def unannounced_lots(session: Session, project_key: int) -> list[Lot]:
    """Return the lots that no live call for tenders is about."""
    announced = select(notice_lot.c.lot).where(
        notice_lot.c.family == "call", notice_lot.c.released_at.is_(None)
    )
    return _read(session, (lot.c.project == project_key) & lot.c.key.not_in(announced))


def open_lot_counts(session: Session, unit: str) -> dict[int, int]:
    """Return how many lots of each project of a unit no live call is about, by project key."""
    announced = select(notice_lot.c.lot).where(
        notice_lot.c.family == "call", notice_lot.c.released_at.is_(None)
    )
    statement = (
        select(lot.c.project, func.count())
        .join(project, project.c.key == lot.c.project)
        .where(project.c.unit == unit, lot.c.key.not_in(announced))
        .group_by(lot.c.project)
    )
    return {key: number for key, number in session.execute(statement)}


def announced_lots(session: Session, project_key: int) -> list[Lot]:
    """Return the lots that are announced and have no result yet, by number."""
    return _read(session, (lot.c.project == project_key) & (lot.c.state == LotState.ANNOUNCED))


def projects_awaiting_results(session: Session, unit: str) -> dict[int, int]:
    """Return how many announced lots without a result each project of a unit has, by key."""
    statement = (
        select(lot.c.project, func.count())
        .join(project, project.c.key == lot.c.project)
        .where(project.c.unit == unit, lot.c.state == LotState.ANNOUNCED)
        .group_by(lot.c.project)
    )
    return {key: number for key, number in session.execute(statement)}


def _read(session: Session, which: ColumnElement[bool]) -> list[Lot]:
    statement = select(lot).where(which).order_by(lot.c.number)
    return [_lot(dict(row)) for row in session.execute(statement).mappings()]


def _lot(values: dict[str, Any]) -> Lot:
    return Lot(**{**values, "state": LotState(values["state"])})


def receive(
    session: Session,
    project_key: int,
    incoming: Sequence[IncomingLot],
    message_id: str,
    now: datetime,
) -> Intake:
    """Store what the trading centre says of a project's lots.

    The same lots again change nothing; a lot that a live notice announces is left alone, since
    what was published stays (a correction notice is the way to change it).

    Args:
        session: the command's transaction.
        project_key: the project.
        incoming: lots, each number once.
        message_id: the centre's message.
        now: the moment of the command.
    """
    known = {item.number: item for item in lots_of(session, project_key)}
    open_numbers = {item.number for item in unannounced_lots(session, project_key)}
    new = [item for item in incoming if item.number not in known]
    other = [item for item in incoming if item.number in known and _differs(item, known)]
    changeable = [item for item in other if item.number in open_numbers]
    for item in new:
        _add(session, project_key, item, message_id, now)
    for item in changeable:
        _change(session, known[item.number].key, item, message_id, now)
    return Intake(
        added=tuple(item.number for item in new),
        changed=tuple(item.number for item in changeable),
        frozen=tuple(item.number for item in other if item.number not in open_numbers),
        total=sum((item.amount for item in lots_of(session, project_key)), Decimal(0)),
    )


def _differs(item: IncomingLot, known: dict[str, Lot]) -> bool:
    before = known[item.number]
    return (item.name, item.amount) != (before.name, before.amount)


def ensure_own_lot(session: Session, owner: Project, now: datetime) -> Lot:
    """Return the single lot of a project that is not interconnected; the first call makes it.

    Awards and contracts always name a lot, so a project without lots is its own only one.
    """
    existing = lots_of(session, owner.key)
    if existing:
        return existing[0]
    own = IncomingLot(number=f"{owner.number}-01", name=owner.name, amount=owner.amount)
    _add(session, owner.key, own, "", now)
    return lots_of(session, owner.key)[0]


def _add(
    session: Session, project_key: int, item: IncomingLot, message_id: str, now: datetime
) -> None:
    values = {"number": item.number, "name": item.name, "amount": item.amount, "revision": 1}
    moments = {"received_at": now, "changed_at": now}
    session.execute(
        insert(lot).values(
            key=new_key(),
            project=project_key,
            state=LotState.RECEIVED,
            message_id=message_id,
            **values,
            **moments,
        )
    )


def _change(session: Session, key: int, item: IncomingLot, message_id: str, now: datetime) -> None:
    session.execute(
        update(lot)
        .where(lot.c.key == key)
        .values(
            name=item.name,
            amount=item.amount,
            revision=lot.c.revision + 1,
            message_id=message_id,
            changed_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def mark(session: Session, keys: Sequence[int], state: LotState, now: datetime) -> None:
    """Say how far lots have come."""
    session.execute(
        update(lot)
        .where(lot.c.key.in_(keys))
        .values(state=state, changed_at=now)
        .execution_options(synchronize_session=False)
    )
