"""Contracts as rows: submitted, filed with a number, or released with their lots."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import award, contract, contract_lot, lot, project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A row of the table ``contract`` with its lots.

    Attributes:
        instance_key: key of its matter.
        supplier: code of party B.
        contract_no: what the parties call it, unique in the unit.
        amount: yuan.
        prepayment: it has a clause of 预付款.
        number: filing number, ``None`` before the filing.
        lots: row keys.
    """

    instance_key: int
    project: int
    unit: str
    division: str
    supplier: str
    contract_no: str
    name: str
    amount: Decimal
    prepayment: bool
    signed_on: date
    term_from: date
    term_to: date
    submitted_at: datetime
    number: str | None = None
    filed_at: datetime | None = None
    lots: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AwardedLot:
    """A lot that was won and may become part of a contract.

    Attributes:
        key: row key of the lot.
        number: its number.
        supplier: code of the winner.
        amount: of the award, yuan.
        awarded_on: day on which the winner was fixed.
    """

    key: int
    number: str
    name: str
    supplier: str
    amount: Decimal
    awarded_on: date


def contractable_lots(session: Session, project_key: int, matter_key: int) -> list[AwardedLot]:
    """Return the awarded lots that no other live contract holds, by number."""
    return [
        item for _key, item in _contractable(session, award.c.project == project_key, matter_key)
    ]


def contractable_counts(session: Session, unit: str, matter_key: int) -> dict[int, int]:
    """Return how many such lots each project of a unit has, by project key."""
    counts: dict[int, int] = {}
    for key, _item in _contractable(session, project.c.unit == unit, matter_key):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _contractable(
    session: Session, which: ColumnElement[bool], matter_key: int
) -> list[tuple[int, AwardedLot]]:
    held = (
        select(contract_lot.c.lot)
        .join(process_instance, process_instance.c.key == contract_lot.c.contract)
        .where(
            contract_lot.c.released_at.is_(None),
            contract_lot.c.contract != matter_key,
            process_instance.c.state != InstanceState.TERMINATED,
        )
    )
    statement = (
        select(
            award.c.project,
            lot.c.key,
            lot.c.number,
            lot.c.name,
            award.c.supplier,
            award.c.amount,
            award.c.awarded_on,
        )
        .join(lot, lot.c.key == award.c.lot)
        .join(project, project.c.key == award.c.project)
        .where(which, award.c.state == "active", lot.c.key.not_in(held))
        .order_by(lot.c.number)
    )
    found = []
    for row in session.execute(statement).mappings():
        values = dict(row)
        found.append((values.pop("project"), AwardedLot(**values)))
    return found


def is_number_taken(session: Session, unit: str, contract_no: str, matter_key: int) -> bool:
    """Tell whether another live contract of the unit has that number."""
    statement = select(contract.c.instance_key).where(
        contract.c.unit == unit,
        contract.c.contract_no == contract_no,
        contract.c.released_at.is_(None),
        contract.c.instance_key != matter_key,
    )
    return session.execute(statement.limit(1)).first() is not None


def put_contract(session: Session, item: Contract) -> bool:
    """Write a submission over the one before; ``False`` when another contract holds a lot."""
    values = asdict(item)
    lots = values.pop("lots")
    upsert(session, contract, values)
    session.execute(delete(contract_lot).where(contract_lot.c.contract == item.instance_key))
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = make(contract_lot).values([{"contract": item.instance_key, "lot": key} for key in lots])
    written = session.execute(rows.on_conflict_do_nothing().returning(contract_lot.c.lot)).all()
    return len(written) == len(lots)


def release_ended(session: Session, unit: str, now: datetime) -> None:
    """Free lots and numbers of a unit's contracts whose matters were ended without a filing."""
    ended = select(process_instance.c.key).where(
        process_instance.c.state == InstanceState.TERMINATED
    )
    statement = select(contract.c.instance_key).where(
        contract.c.unit == unit,
        contract.c.released_at.is_(None),
        contract.c.filed_at.is_(None),
        contract.c.instance_key.in_(ended),
    )
    found = list(session.execute(statement).scalars())
    for table, column in (
        (contract_lot, contract_lot.c.contract),
        (contract, contract.c.instance_key),
    ):
        session.execute(
            update(table)
            .where(column.in_(found))
            .values(released_at=now)
            .execution_options(synchronize_session=False)
        )


def file_contract(session: Session, instance_key: int, number: str, now: datetime) -> None:
    """Give a contract its filing number."""
    session.execute(
        update(contract)
        .where(contract.c.instance_key == instance_key)
        .values(number=number, filed_at=now)
        .execution_options(synchronize_session=False)
    )


def contract_of(session: Session, instance_key: int) -> Contract | None:
    """Return the contract of a matter."""
    found = _read(session, contract.c.instance_key == instance_key)
    return found[0] if found else None


def contract_of_number(session: Session, number: str) -> Contract | None:
    """Return a filed contract by its filing number."""
    found = _read(session, contract.c.number == number)
    return found[0] if found else None


def contracts_of_unit(session: Session, unit: str) -> list[Contract]:
    """Return the filed contracts of a purchaser, newest first."""
    return _read(session, (contract.c.unit == unit) & contract.c.filed_at.is_not(None))


def contracts_of_project(session: Session, project_key: int) -> list[Contract]:
    """Return the filed contracts of a project, newest first."""
    return _read(session, (contract.c.project == project_key) & contract.c.filed_at.is_not(None))


def live_contracts_of_project(session: Session, project_key: int) -> list[Contract]:
    """Return the contracts of a project that are filed or on their way, oldest first."""
    ended = select(process_instance.c.key).where(
        process_instance.c.key == contract.c.instance_key,
        process_instance.c.state == InstanceState.TERMINATED,
    )
    on_its_way = contract.c.released_at.is_(None) & ~ended.exists()
    live = contract.c.filed_at.is_not(None) | on_its_way
    return _read(session, (contract.c.project == project_key) & live)[::-1]


def _read(session: Session, which: ColumnElement[bool]) -> list[Contract]:
    names = [name for name in Contract.__dataclass_fields__ if name != "lots"]
    statement = (
        select(*(contract.c[name] for name in names))
        .where(which)
        .order_by(contract.c.instance_key.desc())
    )
    rows = session.execute(statement).mappings().all()
    lots = _lots(session, [row["instance_key"] for row in rows])
    return [Contract(**row, lots=tuple(lots[row["instance_key"]])) for row in rows]


def _lots(session: Session, keys: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {key: [] for key in keys}
    statement = (
        select(contract_lot.c.contract, contract_lot.c.lot)
        .where(contract_lot.c.contract.in_(keys))
        .order_by(contract_lot.c.lot)
    )
    for key, lot_key in session.execute(statement):
        found[key].append(lot_key)
    return found
