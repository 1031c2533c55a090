"""What suppliers and agencies have to do with projects: awards and contracts, entrustments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from engine.store.tables import org_unit
from handlers.records.projects import Stage
from handlers.records.tables import (
    award,
    contract,
    contract_lot,
    entrustment,
    lot,
    project,
    treasury_receipt,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class WonLot:
    """A lot that a supplier has won; what a contract says is ``None`` before it is filed.

    Attributes:
        key: of the award.
        notice: key of the notice that published it.
        published_at: when it did.
        contract: key of the contract's matter.
    """

    key: int
    project_name: str
    project_number: str
    purchaser: str
    lot_number: str
    lot_name: str
    amount: Decimal
    awarded_on: date
    notice: int
    published_at: datetime
    contract: int | None
    contract_number: str | None
    contract_name: str | None
    contract_amount: Decimal | None
    signed_on: date | None
    filed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EntrustedProject:
    """A project that an agency acts or acted in; ``key`` is that of the entrustment's matter."""

    key: int
    project: int
    project_name: str
    project_number: str
    purchaser: str
    amount: Decimal
    stage: Stage
    agreement_no: str
    scope: str
    accepted_at: datetime
    ended_at: datetime | None


def won_lots(
    session: Session, suppliers: Sequence[str], words: str, first: int, number: int
) -> tuple[list[WonLot], int]:
    """Return ``number`` awards in force behind the ``first`` ones, newest first, and how many."""
    which = [award.c.supplier.in_(suppliers), award.c.state == "active", _with(words)]
    total = session.execute(_won(func.count()).where(*which)).scalar_one()
    rows = session.execute(
        _won(*_WON).where(*which).order_by(award.c.key.desc()).offset(first).limit(number)
    )
    return [WonLot(**row) for row in rows.mappings()], total


def won_lot(session: Session, suppliers: Sequence[str], key: int) -> WonLot | None:
    """Return an award in force of one of the suppliers."""
    statement = _won(*_WON).where(
        award.c.key == key, award.c.supplier.in_(suppliers), award.c.state == "active"
    )
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else WonLot(**row)


def paid_of_contracts(session: Session, contracts: Sequence[int]) -> dict[int, Decimal]:
    """Return Σ of what the treasury has paid by contract; contracts without any are left out."""
    amount = treasury_receipt.c.amount
    statement = (
        select(treasury_receipt.c.contract, func.sum(amount, type_=amount.type))
        .where(treasury_receipt.c.contract.in_(contracts), treasury_receipt.c.result == "paid")
        .group_by(treasury_receipt.c.contract)
    )
    return {key: total for key, total in session.execute(statement)}


def entrusted_projects(
    session: Session, agencies: Sequence[str], words: str, first: int, number: int
) -> tuple[list[EntrustedProject], int]:
    """Return ``number`` accepted entrustments behind the ``first`` ones, and how many."""
    which = [*_accepted(agencies), _with(words)]
    total = session.execute(_entrusted(func.count()).where(*which)).scalar_one()
    rows = session.execute(
        _entrusted(*_ENTRUSTED)
        .where(*which)
        .order_by(entrustment.c.instance_key.desc())
        .offset(first)
        .limit(number)
    )
    return [_project(row) for row in rows.mappings()], total


def entrusted_project(
    session: Session, agencies: Sequence[str], key: int
) -> EntrustedProject | None:
    """Return an accepted entrustment of one of the agencies."""
    statement = _entrusted(*_ENTRUSTED).where(
        entrustment.c.instance_key == key, *_accepted(agencies)
    )
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else _project(row)


_WON = (
    award.c.key,
    project.c.name.label("project_name"),
    project.c.number.label("project_number"),
    org_unit.c.name.label("purchaser"),
    lot.c.number.label("lot_number"),
    lot.c.name.label("lot_name"),
    award.c.amount,
    award.c.awarded_on,
    award.c.notice,
    award.c.created_at.label("published_at"),
    contract.c.instance_key.label("contract"),
    contract.c.number.label("contract_number"),
    contract.c.name.label("contract_name"),
    contract.c.amount.label("contract_amount"),
    contract.c.signed_on,
    contract.c.filed_at,
)
_ENTRUSTED = (
    entrustment.c.instance_key.label("key"),
    project.c.key.label("project"),
    project.c.name.label("project_name"),
    project.c.number.label("project_number"),
    org_unit.c.name.label("purchaser"),
    project.c.amount,
    project.c.stage,
    *(entrustment.c[name] for name in ("agreement_no", "scope", "accepted_at", "ended_at")),
)


def _won(*columns: Any) -> Select[Any]:
    of_lot = and_(contract_lot.c.lot == lot.c.key, contract_lot.c.released_at.is_(None))
    filed = and_(
        contract.c.instance_key == contract_lot.c.contract, contract.c.filed_at.is_not(None)
    )
    return (
        select(*columns)
        .select_from(award)
        .join(lot, lot.c.key == award.c.lot)
        .join(project, project.c.key == award.c.project)
        .join(org_unit, org_unit.c.code == project.c.unit)
        .outerjoin(contract_lot, of_lot)
        .outerjoin(contract, filed)
    )


def _entrusted(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(entrustment)
        .join(project, project.c.key == entrustment.c.project)
        .join(org_unit, org_unit.c.code == project.c.unit)
    )


def _accepted(agencies: Sequence[str]) -> list[ColumnElement[bool]]:
    return [entrustment.c.agency.in_(agencies), entrustment.c.accepted_at.is_not(None)]


def _with(words: str) -> ColumnElement[bool]:
    texts = (project.c.name, project.c.number, org_unit.c.name)
    return or_(*(one.contains(words, autoescape=True) for one in texts))


def _project(row: Any) -> EntrustedProject:
    return EntrustedProject(**{**row, "stage": Stage(row["stage"])})
