"""The entrustment as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from engine.handler import Matter

FORM: Final = "agency_entrustment.fill_entrustment"


@dataclass(frozen=True, kw_only=True)
class EntrustmentAnswers:
    """A complete request; ``replace_reason`` is empty unless another agency is replaced."""

    agency: str
    agreement_no: str
    signed_on: date
    scope: str
    replace_reason: str


def read_entrustment(matter: Matter) -> EntrustmentAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[FORM]
    return EntrustmentAnswers(
        agency=str(raw["agency"]).strip(),
        agreement_no=str(raw["agreement_no"]).strip(),
        signed_on=date.fromisoformat(str(raw["signed_on"])),
        scope=str(raw["scope"]).strip(),
        replace_reason=str(raw.get("replace_reason") or "").strip(),
    )
