"""The treasury says that it has paid, or why it does not."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_BEIJING: Final = timezone(timedelta(hours=8))


def message(
    order: Mapping[str, Any], result: str, now: datetime, reason: str = ""
) -> dict[str, Any]:
    """Return the message that tells the procurement system the result of an order.

    Args:
        order: what was ordered: ``payment_number``, ``amount``.
        result: ``paid`` or ``refused``.
        now: the moment, for the day of the transfer.
        reason: why it is refused.
    """
    number = str(order["payment_number"])
    paid = (
        {"paid_on": f"{now.astimezone(_BEIJING):%Y-%m-%d}", "voucher": f"GK-{number}"}
        if result == "paid"
        else {}
    )
    return {
        "specversion": "1.0",
        "id": f"receipt/{number}",
        "source": "treasury",
        "type": "payment.receipt",
        "subject": number,
        "data": {
            "payment_number": number,
            "result": result,
            "amount": str(order["amount"]),
            "reason": reason,
            **paid,
        },
    }
