"""Keep that an order to pay never reached the treasury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.handler import record_handler
from handlers.records.payments import payment_of
from handlers.records.treasury_receipts import TreasuryReceipt, TreasuryResult, record_receipt

if TYPE_CHECKING:
    from engine.handler import RecordContext

_REASON: Final = "支付申请没有送达国库，管理员已放弃发送。"


@record_handler("payment.note_undelivered")
def note_undelivered(context: RecordContext) -> dict[str, str]:
    """Free the amount for another application; writes ``treasury_result``, ``treasury_reason``.

    Raises:
        LookupError: the matter has no approved payment.
    """
    item = payment_of(context.session, int(context.matter.instance_key))
    if item is None or item.number is None:
        message = f"matter {context.matter.instance_key} has no approved payment"
        raise LookupError(message)
    receipt = TreasuryReceipt(
        payment_number=item.number,
        payment=item.instance_key,
        contract=item.contract,
        result=TreasuryResult.UNDELIVERED,
        amount=item.amount,
        received_at=context.matter.now,
        reason=_REASON,
    )
    record_receipt(context.session, receipt)
    return {"treasury_result": receipt.result, "treasury_reason": receipt.reason}
