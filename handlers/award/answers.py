"""The result notice as the person filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

CHOICE_FORM: Final = "award_notice.choose_project"
RESULT_FORM: Final = "award_notice.fill_result"


@dataclass(frozen=True, kw_only=True)
class LotResult:
    """What became of a lot.

    Attributes:
        lot: its number.
        is_won: ``False`` = 流标.
        supplier: code of the winner, empty for a failed lot.
        amount: yuan, ``None`` for a failed lot.
        reason: why it failed.
    """

    lot: str
    is_won: bool
    supplier: str
    amount: Decimal | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultAnswers:
    """A complete result notice.

    Attributes:
        results: one row per lot that is decided.
        awarded_on: day on which the result was fixed.
        experts: names of the evaluators, as the notice shows them.
    """

    title: str
    results: tuple[LotResult, ...]
    awarded_on: date
    goods: str
    experts: str
    agency_fee: str
    other: str
    contact: str
    contact_phone: str


def read_result(matter: Matter) -> ResultAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[RESULT_FORM]
    return ResultAnswers(
        title=_text(raw, "title"),
        results=tuple(_result(row) for row in raw.get("results") or ()),
        awarded_on=date.fromisoformat(_text(raw, "awarded_on")),
        goods=_text(raw, "goods"),
        experts=_text(raw, "experts"),
        agency_fee=_text(raw, "agency_fee"),
        other=_text(raw, "other"),
        contact=_text(raw, "contact"),
        contact_phone=_text(raw, "contact_phone"),
    )


def _result(row: Mapping[str, Any]) -> LotResult:
    amount = _text(row, "amount")
    return LotResult(
        lot=_text(row, "lot"),
        is_won=row.get("verdict") == "won",
        supplier=_text(row, "supplier"),
        amount=Decimal(amount) if amount else None,
        reason=_text(row, "reason"),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "").strip()
