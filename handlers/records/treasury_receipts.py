"""What the treasury said of payments as rows, and which contracts and projects are paid whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, select

from handlers.records.lots import LotState
from handlers.records.tables import contract, lot, treasury_receipt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class TreasuryResult(StrEnum):
    """What became of an order to pay.

    ``UNDELIVERED``: an administrator gave up sending it, the treasury never had it.
    """

    PAID = "paid"
    REFUSED = "refused"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, kw_only=True)
class TreasuryReceipt:
    """A row of the table ``treasury_receipt``.

    Attributes:
        payment_number: of the order; a payment that is applied for again gets a new one.
        payment: key of the payment's matter.
        contract: key of the contract's matter.
        amount: yuan.
        paid_on: day of the transfer; only of what was paid.
        voucher: the treasury's own number.
        reason: why it was not paid.
        message_id: the treasury's message, empty for ``UNDELIVERED``.
    """

    payment_number: str
    payment: int
    contract: int
    result: TreasuryResult
    amount: Decimal
    received_at: datetime
    paid_on: date | None = None
    voucher: str = ""
    reason: str = ""
    message_id: str = ""


def record_receipt(session: Session, item: TreasuryReceipt) -> None:
    """Keep the final result of an order.

    Raises:
        IntegrityError: it has one already.
    """
    session.execute(insert(treasury_receipt).values(**asdict(item)))


def receipt_of(session: Session, payment_number: str) -> TreasuryReceipt | None:
    """Return what the treasury said of an order."""
    found = _read(session, treasury_receipt.c.payment_number == payment_number)
    return found[0] if found else None


def latest_receipt(session: Session, payment_key: int) -> TreasuryReceipt | None:
    """Return what the treasury said last of a payment, under whichever number."""
    found = _read(session, treasury_receipt.c.payment == payment_key)
    return found[-1] if found else None


def receipts_of_contracts(session: Session, contracts: Sequence[int]) -> list[TreasuryReceipt]:
    """Return every result of contracts, oldest first."""
    return _read(session, treasury_receipt.c.contract.in_(contracts))


def _read(session: Session, which: ColumnElement[bool]) -> list[TreasuryReceipt]:
    statement = select(treasury_receipt).where(which)
    ordered = statement.order_by(treasury_receipt.c.received_at, treasury_receipt.c.payment_number)
    return [
        TreasuryReceipt(**{**row, "result": TreasuryResult(row["result"])})
        for row in session.execute(ordered).mappings()
    ]


def is_paid_whole(session: Session, project_key: int) -> bool:
    """Tell whether nothing of a project is left to award, to sign or to pay.

    A lot that failed does not hold it up: whether it is announced again is the purchaser's choice.
    """
    open_lots = exists().where(
        lot.c.project == project_key,
        lot.c.state.in_((LotState.RECEIVED, LotState.ANNOUNCED, LotState.AWARDED)),
    )
    paid = (
        select(
            treasury_receipt.c.contract,
            func.sum(treasury_receipt.c.amount, type_=treasury_receipt.c.amount.type).label(
                "amount"
            ),
        )
        .where(treasury_receipt.c.result == TreasuryResult.PAID)
        .group_by(treasury_receipt.c.contract)
        .subquery()
    )
    statement = (
        select(contract.c.amount, paid.c.amount, select(open_lots).scalar_subquery())
        .outerjoin(paid, paid.c.contract == contract.c.instance_key)
        .where(contract.c.project == project_key, contract.c.filed_at.is_not(None))
    )
    rows = session.execute(statement).all()
    return bool(rows) and all(
        not has_open_lots and (settled or Decimal(0)) >= amount
        for amount, settled, has_open_lots in rows
    )
