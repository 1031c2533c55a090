"""Suppliers with their accounts, agencies, trading platforms."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, insert, or_, select, update

from engine.model.keys import new_key
from engine.store.conflicts import upsert
from handlers.records.regulated import superior_codes
from handlers.records.tables import agency, supplier, supplier_account, trading_platform

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy.orm import Session


class AccountKind(StrEnum):
    """What a supplier's account is for (values as in pay.xml)."""

    SUPPLIER = "supplier"
    MIGRANT_WAGE = "migrant_wage"


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """A supplier; ``code`` is that of its unit, ``uscc`` its unified social credit code."""

    code: str
    name: str
    uscc: str
    address: str = ""
    contact: str = ""
    contact_phone: str
    legal_person: str = ""
    legal_person_phone: str
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Account:
    """A bank account: holder, bank and number without spaces."""

    account_name: str
    bank: str
    account_number: str


@dataclass(frozen=True, kw_only=True)
class Agency:
    """A procurement agency; ``central`` = central purchasing body or trading centre."""

    code: str
    name: str
    uscc: str
    division: str
    works_qualified: bool
    central: bool
    contact: str = ""
    contact_phone: str = ""
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Platform:
    """An electronic trading system that projects may be handed to.

    Attributes:
        code: also the place by which the partner ``trading_centre-<code>`` is configured.
    """

    code: str
    name: str


def put_supplier(session: Session, item: Supplier) -> None:
    """Create or change a supplier; its unit must exist."""
    upsert(session, supplier, asdict(item))


def put_agency(session: Session, item: Agency) -> None:
    """Create or change an agency; its unit must exist."""
    upsert(session, agency, asdict(item))


def suppliers(session: Session) -> list[Supplier]:
    """Return all active suppliers by code."""
    return _suppliers(session, supplier.c.active)


def supplier_of_code(session: Session, code: str) -> Supplier | None:
    """Return a supplier by code."""
    found = _suppliers(session, supplier.c.code == code)
    return found[0] if found else None


def supplier_of_uscc(session: Session, uscc: str) -> Supplier | None:
    """Return a supplier by its unified social credit code."""
    found = _suppliers(session, supplier.c.uscc == uscc)
    return found[0] if found else None


def supplier_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Return ``{code: name}``."""
    statement = select(supplier.c.code, supplier.c.name).where(supplier.c.code.in_(sorted(codes)))
    return {code: name for code, name in session.execute(statement)}


def _suppliers(session: Session, which: ColumnElement[bool]) -> list[Supplier]:
    statement = select(supplier).where(which).order_by(supplier.c.code)
    return [Supplier(**row) for row in session.execute(statement).mappings()]


def agencies(session: Session, division: str) -> list[Agency]:
    """Return the active agencies of a division's province, by code."""
    return _agencies(session, agency.c.active & agency.c.division.startswith(division[:2]))


def agency_of_code(session: Session, code: str) -> Agency | None:
    """Return an agency by code."""
    found = _agencies(session, agency.c.code == code)
    return found[0] if found else None


def _agencies(session: Session, which: ColumnElement[bool]) -> list[Agency]:
    statement = select(agency).where(which).order_by(agency.c.code)
    return [Agency(**row) for row in session.execute(statement).mappings()]


def open_account(
    session: Session,
    supplier_code: str,
    kind: AccountKind,
    account: Account,
    now: datetime,
    project_key: int | None = None,
) -> None:
    """Give a supplier an account, for one project or for all; the one before it is closed."""
    same = (
        (supplier_account.c.supplier == supplier_code)
        & (supplier_account.c.kind == kind)
        & supplier_account.c.project.is_not_distinct_from(project_key)
        & supplier_account.c.closed_at.is_(None)
    )
    session.execute(
        update(supplier_account)
        .where(same)
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(supplier_account).values(
            key=new_key(),
            supplier=supplier_code,
            kind=kind,
            project=project_key,
            opened_at=now,
            **asdict(account),
        )
    )


def account_of(
    session: Session, supplier_code: str, kind: AccountKind, project_key: int
) -> Account | None:
    """Return the open account for a project, else the supplier's general one of that kind."""
    columns = [supplier_account.c[name] for name in Account.__dataclass_fields__]
    statement = (
        select(*columns)
        .where(
            supplier_account.c.supplier == supplier_code,
            supplier_account.c.kind == kind,
            supplier_account.c.closed_at.is_(None),
            or_(supplier_account.c.project == project_key, supplier_account.c.project.is_(None)),
        )
        .order_by(supplier_account.c.project.is_(None))
        .limit(1)
    )
    row = session.execute(statement).mappings().one_or_none()
    return None if row is None else Account(**row)


def platforms(session: Session, division: str, on: date) -> list[Platform]:
    """Return the trading platforms that serve a division on a day, its own before the others."""
    codes = superior_codes(division)
    statement = (
        select(trading_platform)
        .where(
            trading_platform.c.division.in_(codes),
            trading_platform.c.valid_from <= on,
            or_(trading_platform.c.valid_to.is_(None), trading_platform.c.valid_to >= on),
        )
        .order_by(trading_platform.c.division.desc(), trading_platform.c.code)
    )
    return [Platform(code=row.code, name=row.name) for row in session.execute(statement)]
