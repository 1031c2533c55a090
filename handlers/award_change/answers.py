"""The filing and the notice as the purchaser filled them in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

FILING_FORM: Final = "award_change_filing.fill_filing"
CHOICE_FORM: Final = "award_change_notice.choose_project"
NOTICE_FORM: Final = "award_change_notice.edit_notice"


@dataclass(frozen=True, kw_only=True)
class FilingAnswers:
    """A complete filing; ``lot`` is the number of the lot, ``new_amount`` yuan."""

    lot: str
    new_supplier: str
    new_amount: Decimal
    basis: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticeAnswers:
    """A complete change notice."""

    title: str
    other: str
    contact: str
    contact_phone: str


def read_filing(matter: Matter) -> FilingAnswers:
    """Return what was filed.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[FILING_FORM]
    return FilingAnswers(
        lot=_text(raw, "lot"),
        new_supplier=_text(raw, "new_supplier"),
        new_amount=Decimal(_text(raw, "new_amount")),
        basis=_text(raw, "basis"),
        reason=_text(raw, "reason"),
    )


def read_notice(matter: Matter) -> NoticeAnswers:
    """Return what was edited.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[NOTICE_FORM]
    names = ("title", "other", "contact", "contact_phone")
    return NoticeAnswers(**{name: _text(raw, name) for name in names})


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "").strip()
