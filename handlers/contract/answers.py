"""The contract as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

CHOICE_FORM: Final = "contract_filing.choose_project"
CONTRACT_FORM: Final = "contract_filing.fill_contract"


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """One row of the payment plan; ``share`` in percent."""

    condition: str
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class ContractAnswers:
    """A complete submission.

    Attributes:
        lots: numbers of the chosen lots.
        amount: yuan.
        prepayment: the contract has a clause of 预付款.
        instalments: the payment plan, in order.
    """

    lots: tuple[str, ...]
    contract_no: str
    name: str
    amount: Decimal
    prepayment: bool
    signed_on: date
    term_from: date
    term_to: date
    place: str
    goods: str
    instalments: tuple[Instalment, ...]
    contact: str
    contact_phone: str


def read_contract(matter: Matter) -> ContractAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[CONTRACT_FORM]
    return ContractAnswers(
        lots=tuple(str(number) for number in raw.get("lots") or ()),
        contract_no=_text(raw, "contract_no"),
        name=_text(raw, "contract_name"),
        amount=Decimal(_text(raw, "amount")),
        prepayment=raw.get("prepayment") == "yes",
        signed_on=date.fromisoformat(_text(raw, "signed_on")),
        term_from=date.fromisoformat(_text(raw, "term_from")),
        term_to=date.fromisoformat(_text(raw, "term_to")),
        place=_text(raw, "place"),
        goods=_text(raw, "goods"),
        instalments=tuple(
            Instalment(condition=_text(row, "condition"), share=Decimal(str(row["share"])))
            for row in raw.get("instalments") or ()
        ),
        contact=_text(raw, "contact"),
        contact_phone=_text(raw, "contact_phone"),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "").strip()
