"""Everything that an order to pay says, as the treasury and the printed form need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.records.contracts import contract_of
from handlers.records.organisations import supplier_of_code
from handlers.records.payments import approved_payments, payment_of
from handlers.records.projects import project_of_key
from handlers.records.treasury_receipts import latest_receipt
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from handlers.records.contracts import Contract
    from handlers.records.organisations import Supplier
    from handlers.records.payments import Payment
    from handlers.records.projects import Project
    from handlers.records.treasury_receipts import TreasuryReceipt


@dataclass(frozen=True, kw_only=True)
class Order:
    """A payment with what it belongs to.

    Attributes:
        item: the payment.
        paid_before: what was approved of the contract earlier, yuan.
        receipt: what the treasury said of it last.
    """

    item: Payment
    contract: Contract
    project: Project
    supplier: Supplier
    unit_name: str
    paid_before: Decimal
    receipt: TreasuryReceipt | None


def order_of(session: Session, instance_key: int) -> Order | None:
    """Return the order of a matter, ``None`` before its first submission."""
    item = payment_of(session, instance_key)
    contract = contract_of(session, item.contract) if item else None
    project = project_of_key(session, contract.project) if contract else None
    supplier = supplier_of_code(session, contract.supplier) if contract else None
    if item is None or contract is None or project is None or supplier is None:
        return None
    earlier = [
        one.amount
        for one in approved_payments(session, [item.contract])
        if one.instance_key != instance_key and _precedes(one, item)
    ]
    return Order(
        item=item,
        contract=contract,
        project=project,
        supplier=supplier,
        unit_name=public_body_of(session, item.unit).name,
        paid_before=sum(earlier, item.amount * 0),
        receipt=latest_receipt(session, instance_key),
    )


def _precedes(one: Payment, other: Payment) -> bool:
    """Tell whether an approved payment came before one that may not be approved yet."""
    if one.approved_at is None or other.approved_at is None:
        return True
    return (one.approved_at, one.number or "") < (other.approved_at, other.number or "")
