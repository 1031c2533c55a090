"""Tell the treasury what to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import handler
from handlers.clients.partner import Message, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Job, Receipt


@handler(
    "treasury.send_payment",
    partner="treasury",
    message_id="payment_number",
    title=("发送支付申请", "Send a payment"),
)
def send_payment(job: Job, *, payment_number: str, payment: Mapping[str, Any]) -> Receipt:
    """Send an approved payment, once per payment number (catalogue 58); writes ``treasury_ack``.

    Args:
        job: the job; the message's id is the payment number.
        payment_number: of the application.
        payment: ``contract_number``; ``amount``, yuan with two places, as text; ``payee``
            ``{"name": …, "uscc": …, "bank": …, "account": …}``; ``migrant_account``, whether that
            is the one for migrant workers' wages (R24); ``pay_xml``, the same as the file that the
            treasury's system imports.

    Raises:
        UnreachableError: the treasury does not answer; tried again.
        RejectedError: the treasury refuses the payment.
    """
    payee, batch = payment["payee"], payment.get("pay_xml", "")
    account = payee.get("account", "")
    data = {
        "payment_number": payment_number,
        "contract_number": payment["contract_number"],
        "amount": str(payment["amount"]),
        "payee": dict(payee),
        "migrant_account": bool(payment.get("migrant_account")),
    }
    message = Message(
        type="payment.approved",
        subject=payment_number,
        data={**data, "pay_xml": batch},
        shown={**data, "payee": {**payee, "account": f"****{account[-4:]}"}},
    )
    receipt = deliver(job, "treasury", message)
    return receipt.giving(treasury_ack=str(receipt.answer.get("ack", "")))
