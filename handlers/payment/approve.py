"""Number an approved payment, and keep what the treasury answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from engine.handler import record_handler
from handlers.payment.order import order_of
from handlers.payment.pay_xml import pay_xml
from handlers.records.numbers import next_number
from handlers.records.organisations import AccountKind
from handlers.records.payments import approve, note_treasury

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("payment.approve")
def approve_payment(context: RecordContext) -> dict[str, Any]:
    """Give the payment its number; writes ``payment_number`` and ``payment`` for the treasury.

    Raises:
        ConfigurationError: no number rule for the division.
        LookupError: the matter has no payment.
    """
    session, matter = context.session, context.matter
    key, today = int(matter.instance_key), matter.now.astimezone(OFFICE_ZONE)
    number = next_number(session, "payment", matter.division, today.year, f"{today:%Y%m%d}")
    approve(session, key, number, matter.now)
    order = order_of(session, key)
    if order is None:
        message = f"matter {key} has no payment"
        raise LookupError(message)
    item = order.item
    return {
        "payment_number": number,
        "payment": {
            "contract_number": order.contract.number,
            "amount": f"{item.amount:.2f}",
            "payee": {
                "name": item.payee_name,
                "uscc": order.supplier.uscc,
                "bank": item.payee_bank,
                "account": item.payee_account,
            },
            "migrant_account": item.payee_kind == AccountKind.MIGRANT_WAGE,
            "pay_xml": pay_xml(order).decode(),
        },
    }


@record_handler("payment.note_treasury")
def keep_answer(context: RecordContext, *, treasury_ack: str = "") -> None:
    """Keep the treasury's receipt with the payment."""
    note_treasury(context.session, int(context.matter.instance_key), treasury_ack)
