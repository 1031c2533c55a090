"""The treasury says what became of a payment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from engine.errors import UnmatchedError, field_error
from engine.handler import inbound_handler
from handlers.records.contracts import contract_of
from handlers.records.payments import lock_contract, payment_of_number
from handlers.records.projects import Stage, advance, lock
from handlers.records.treasury_receipts import (
    TreasuryReceipt,
    TreasuryResult,
    is_paid_whole,
    receipt_of,
    record_receipt,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from engine.handler import InboundContext
    from handlers.records.payments import Payment

#: Message name of the model ``payment_application``.
RESULT_KNOWN: Final = "payment.result_known"
#: A receipt may be faster than the acknowledgement of the order; it waits for the matter.
_PATIENCE: Final = timedelta(days=30)
_SETTLED: Final = {TreasuryResult.PAID: "已支付", TreasuryResult.REFUSED: "已退回"}


class ReceiptSchema(Schema):
    """The message ``payment.receipt``; ``amount`` is that of the order."""

    payment_number = fields.String(required=True, validate=validate.Length(min=1, max=60))
    result = fields.String(required=True, validate=validate.OneOf(["paid", "refused"]))
    amount = fields.Decimal(required=True, allow_nan=False)
    paid_on = fields.Date(load_default=None)
    voucher = fields.String(load_default="", validate=validate.Length(max=60))
    reason = fields.String(load_default="", validate=validate.Length(max=500))

    @validates_schema
    def _is_whole(self, data: Mapping[str, Any], **_context: Any) -> None:
        if data["result"] == TreasuryResult.PAID and data["paid_on"] is None:
            raise ValidationError({"paid_on": ["已支付的应写明支付日期", "say when it was paid"]})
        if data["result"] == TreasuryResult.REFUSED and not data["reason"].strip():
            raise ValidationError({"reason": ["退回的应写明原因", "say why it was refused"]})

    @post_load
    def _in_one(self, data: Mapping[str, Any], **_context: Any) -> dict[str, Any]:
        return {"receipt": data}


@inbound_handler(
    "treasury",
    "payment.receipt",
    accepts=ReceiptSchema,
    title=("支付回执", "Receipt of a payment"),
)
def receive_receipt(context: InboundContext, *, receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the result and hand it to the payment's matter (issue 6: 支付).

    Args:
        context: of the message.
        receipt: as ``ReceiptSchema`` has read it.

    Returns:
        ``{"payment_number", "result"}``.

    Raises:
        UnmatchedError: no payment of that number is approved, or it has another result already:
            an administrator has to look at it.
        ValidationFailedError: the amount is not the order's.
    """
    item = _ordered(context, receipt["payment_number"], receipt["amount"])
    said = _read(context, item, receipt)
    context.concern(str(item.instance_key))
    lock_contract(context.session, item.contract)
    if not _is_known(context, said):
        record_receipt(context.session, said)
        _settle(context, said)
        facts = {"treasury_result": str(said.result), "treasury_reason": said.reason}
        context.publish(RESULT_KNOWN, said.payment_number, facts, time_to_live=_PATIENCE)
    return {"payment_number": said.payment_number, "result": str(said.result)}


def _read(context: InboundContext, item: Payment, receipt: Mapping[str, Any]) -> TreasuryReceipt:
    is_paid = receipt["result"] == TreasuryResult.PAID
    return TreasuryReceipt(
        payment_number=receipt["payment_number"],
        payment=item.instance_key,
        contract=item.contract,
        result=TreasuryResult(receipt["result"]),
        amount=item.amount,
        received_at=context.now,
        paid_on=receipt["paid_on"] if is_paid else None,
        voucher=receipt["voucher"].strip() if is_paid else "",
        reason="" if is_paid else receipt["reason"].strip(),
        message_id=context.message.id,
    )


def _ordered(context: InboundContext, payment_number: str, amount: Decimal) -> Payment:
    item = payment_of_number(context.session, payment_number)
    if item is None:
        raise UnmatchedError(
            f"没有支付编号为“{payment_number}”的已审批支付，回执未登记。",
            f"No payment {payment_number!r} is approved; its receipt was not stored.",
        )
    if amount != item.amount:
        raise field_error(
            "amount",
            "ERR_AMOUNT",
            f"与支付申请的金额 {item.amount:.2f} 元不一致，请核对后用新的消息编号发送。",
            f"The payment is of {item.amount:.2f} yuan; check it and send with a new id.",
        )
    return item


def _is_known(context: InboundContext, said: TreasuryReceipt) -> bool:
    """Tell whether the same was said before.

    Raises:
        UnmatchedError: something else was said before.
    """
    before = receipt_of(context.session, said.payment_number)
    if before is None:
        return False
    if (before.result, before.paid_on) != (said.result, said.paid_on):
        known = _SETTLED.get(before.result, "未送达国库")
        raise UnmatchedError(
            f"支付“{said.payment_number}”此前登记为{known}，与这份回执不一致，请与国库核对。",
            f"Payment {said.payment_number} is on record as {before.result}; this receipt says"
            " something else. Clear it up with the treasury.",
        )
    return True


def _settle(context: InboundContext, said: TreasuryReceipt) -> None:
    """Let the project end with its last payment."""
    contract = contract_of(context.session, said.contract)
    if said.result is not TreasuryResult.PAID or contract is None:
        return
    # two last payments at once would each miss the other
    lock(context.session, contract.project)
    if is_paid_whole(context.session, contract.project):
        advance(context.session, contract.project, Stage.SETTLED)
