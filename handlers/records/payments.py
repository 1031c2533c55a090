"""Payments as rows: what a contract has left, who is paid on which account."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import contract, payment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A row of the table ``payment``.

    Attributes:
        instance_key: key of its matter.
        contract: key of the contract's matter.
        amount: yuan.
        budget_no: number of the budget quota that it is paid from.
        payer_account: the unit's zero-balance account.
        payee_kind: ``supplier`` or ``migrant_wage``.
        number: given with the last approval.
        treasury_ack: what the treasury answered.
    """

    instance_key: int
    contract: int
    unit: str
    division: str
    amount: Decimal
    purpose: str
    fund_source: str
    budget_no: str
    payer_bank: str
    payer_account: str
    payee_kind: str
    payee_name: str
    payee_bank: str
    payee_account: str
    submitted_at: datetime
    number: str | None = None
    approved_at: datetime | None = None
    treasury_ack: str = ""


def lock_contract(session: Session, key: int) -> None:
    """Let payments of a contract follow each other until the end of the transaction."""
    session.execute(
        select(contract.c.instance_key).where(contract.c.instance_key == key).with_for_update()
    )


def applied(session: Session, contracts: Sequence[int], but: int) -> dict[int, Decimal]:
    """Return Σ paid and in progress by contract, without the matter ``but``."""
    statement = (
        select(payment.c.contract, func.sum(payment.c.amount, type_=payment.c.amount.type))
        .join(process_instance, process_instance.c.key == payment.c.instance_key)
        .where(
            payment.c.contract.in_(contracts),
            payment.c.instance_key != but,
            process_instance.c.state != InstanceState.TERMINATED,
        )
        .group_by(payment.c.contract)
    )
    sums = {key: total for key, total in session.execute(statement)}
    return {key: sums.get(key, Decimal(0)) for key in contracts}


def put_payment(session: Session, item: Payment) -> None:
    """Write a submission over the one before."""
    upsert(session, payment, asdict(item))


def approve(session: Session, instance_key: int, number: str, now: datetime) -> None:
    """Give a payment its number."""
    _set(session, instance_key, number=number, approved_at=now)


def note_treasury(session: Session, instance_key: int, ack: str) -> None:
    """Keep what the treasury answered."""
    _set(session, instance_key, treasury_ack=ack)


def _set(session: Session, instance_key: int, **values: datetime | str) -> None:
    session.execute(
        update(payment)
        .where(payment.c.instance_key == instance_key)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def payment_of(session: Session, instance_key: int) -> Payment | None:
    """Return the payment of a matter."""
    found = _read(session, payment.c.instance_key == instance_key)
    return found[0] if found else None


def approved_payments(session: Session, contracts: Sequence[int]) -> list[Payment]:
    """Return the approved payments of contracts, oldest first."""
    return _read(session, payment.c.contract.in_(contracts) & payment.c.approved_at.is_not(None))


def _read(session: Session, which: ColumnElement[bool]) -> list[Payment]:
    names = list(Payment.__dataclass_fields__)
    statement = (
        select(*(payment.c[name] for name in names)).where(which).order_by(payment.c.instance_key)
    )
    return [Payment(**row) for row in session.execute(statement).mappings()]
