"""Who won which lot, by which published result notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from engine.model.keys import new_key
from handlers.records.tables import award

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class NewAward:
    """An award to be recorded.

    Attributes:
        project: key of the project.
        lot: key of the lot.
        supplier: code of the winner.
        amount: yuan.
        notice: key of the published notice that says so.
        replaces: key of the award that this one changes, which is cancelled.
    """

    project: int
    lot: int
    supplier: str
    amount: Decimal
    notice: int
    awarded_on: date
    replaces: int | None = None


@dataclass(frozen=True, kw_only=True)
class Award(NewAward):
    """A row of the table ``award``; ``state`` is ``active`` or ``cancelled``."""

    key: int
    state: str
    created_at: datetime


def record_award(session: Session, item: NewAward, now: datetime) -> int:
    """Record who won a lot and return the award's key; what it replaces is cancelled first.

    Raises:
        IntegrityError: the lot has an active award that is not replaced.
    """
    if item.replaces is not None:
        session.execute(
            update(award)
            .where(award.c.key == item.replaces)
            .values(state="cancelled")
            .execution_options(synchronize_session=False)
        )
    key = new_key()
    values = {name: getattr(item, name) for name in NewAward.__dataclass_fields__}
    session.execute(insert(award).values(key=key, state="active", created_at=now, **values))
    return key


def active_awards(session: Session, project_key: int) -> list[Award]:
    """Return the awards in force of a project, in order of their lots."""
    return _read(session, (award.c.project == project_key) & (award.c.state == "active"))


def award_of_lot(session: Session, lot_key: int) -> Award | None:
    """Return the award in force of a lot."""
    found = _read(session, (award.c.lot == lot_key) & (award.c.state == "active"))
    return found[0] if found else None


def _read(session: Session, which: ColumnElement[bool]) -> list[Award]:
    statement = select(award).where(which).order_by(award.c.lot, award.c.key)
    return [Award(**row) for row in session.execute(statement).mappings()]
