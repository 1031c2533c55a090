"""Payments as rows: what a contract has left, who is paid on which account."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select, update

from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import contract, payment, treasury_receipt

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
    """Return Σ paid and in progress by contract, without the matter ``but``.

    What the treasury did not pay does not count until it is applied for again.
    """
    statement = (
        select(payment.c.contract, func.sum(payment.c.amount, type_=payment.c.amount.type))
        .join(process_instance, process_instance.c.key == payment.c.instance_key)
        .where(
            payment.c.contract.in_(contracts),
            payment.c.instance_key != but,
            process_instance.c.state != InstanceState.TERMINATED,
            _not_turned_down(),
        )
        .group_by(payment.c.contract)
    )
    sums = {key: total for key, total in session.execute(statement)}
    return {key: sums.get(key, Decimal(0)) for key in contracts}


def _not_turned_down() -> ColumnElement[bool]:
    """Leave out payments whose order was not executed."""
    turned_down = exists().where(
        treasury_receipt.c.payment_number == payment.c.number,
        treasury_receipt.c.result != "paid",
    )
    return ~turned_down


def put_payment(session: Session, item: Payment) -> None:
    """Write a submission over the one before; the number of a refused order does not come back."""
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


def payment_of_number(session: Session, number: str) -> Payment | None:
    """Return an approved payment by its number."""
    found = _read(session, payment.c.number == number)
    return found[0] if found else None


def approved_payments(session: Session, contracts: Sequence[int]) -> list[Payment]:
    """Return approved payments of contracts, without those turned down, oldest first."""
    return _read(
        session,
        payment.c.contract.in_(contracts) & payment.c.approved_at.is_not(None) & _not_turned_down(),
    )


def payments_of_contracts(session: Session, contracts: Sequence[int]) -> list[Payment]:
    """Return the payments of contracts whose matters were not ended, oldest first."""
    ended = select(process_instance.c.key).where(
        process_instance.c.key == payment.c.instance_key,
        process_instance.c.state == InstanceState.TERMINATED,
    )
    return _read(session, payment.c.contract.in_(contracts) & ~ended.exists())


def _read(session: Session, which: ColumnElement[bool]) -> list[Payment]:
    names = list(Payment.__dataclass_fields__)
    statement = (
        select(*(payment.c[name] for name in names)).where(which).order_by(payment.c.instance_key)
    )
    return [Payment(**row) for row in session.execute(statement).mappings()]
