"""The payment as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

PAYMENT_FORM: Final = "payment_application.fill_payment"
#: What R24 calls a question that was not answered; its table has no null.
UNANSWERED: Final = "未选"
_CHOICES: Final = {"yes": "是", "no": "否"}


@dataclass(frozen=True, kw_only=True)
class PaymentAnswers:
    """A complete submission.

    Attributes:
        contract: filing number of the contract.
        amount: yuan.
        is_accepted: what is paid for has been accepted; ``False`` = a prepayment.
        pay_migrant_account: ``是``, ``否`` or ``未选``.
        payer_account: digits.
    """

    contract: str
    amount: Decimal
    is_accepted: bool
    pay_migrant_account: str
    purpose: str
    fund_source: str
    budget_no: str
    payer_bank: str
    payer_account: str


def read_payment(matter: Matter) -> PaymentAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[PAYMENT_FORM]
    return PaymentAnswers(
        contract=_text(raw, "contract"),
        amount=Decimal(_text(raw, "amount")),
        is_accepted=raw.get("acceptance") == "yes",
        pay_migrant_account=_CHOICES.get(_text(raw, "pay_migrant_account"), UNANSWERED),
        purpose=_text(raw, "purpose"),
        fund_source=_text(raw, "fund_source"),
        budget_no=_text(raw, "budget_no"),
        payer_bank=_text(raw, "payer_bank"),
        payer_account=_text(raw, "payer_account"),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "").strip()
