"""The intention as the person filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

CHOICE_FORM: Final = "procurement_intention.choose_intention"
INTENTION_FORM: Final = "procurement_intention.fill_intention"
_FEN: Final = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class IntentionAnswers:
    """A complete submission.

    Attributes:
        title: project name.
        overview: 采购需求概况.
        budget: yuan.
        expected_month: ``YYYY-MM``.
        sme_only: 专门面向中小企业采购: ``是`` or ``否``.
        remark: may be empty.
        reason: why a published intention is corrected, empty for a new one.
        attachments: keys of the files.
    """

    title: str
    overview: str
    budget: Decimal
    expected_month: str
    sme_only: str
    remark: str
    reason: str


def corrected_code(matter: Matter) -> str:
    """Return the number of the published intention that is corrected, empty for a new one."""
    raw = matter.answers.get(CHOICE_FORM, {})
    return _text(raw, "corrected") if raw.get("purpose") == "correct" else ""


def read_intention(matter: Matter) -> IntentionAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[INTENTION_FORM]
    return IntentionAnswers(
        title=_text(raw, "project_name"),
        overview=_text(raw, "overview"),
        budget=Decimal(str(raw["budget"])).quantize(_FEN),
        expected_month=_text(raw, "expected_month"),
        sme_only="是" if raw.get("sme_only") == "yes" else "否",
        remark=_text(raw, "remark"),
        reason=_text(raw, "correction_reason"),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "").strip()
