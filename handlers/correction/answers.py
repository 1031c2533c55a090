"""The correction as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from handlers.notice.answers import text_of

if TYPE_CHECKING:
    from engine.handler import Matter

CHOICE_FORM: Final = "notice_correction.choose_notice"
CORRECTION_FORM: Final = "notice_correction.edit_correction"


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswers:
    """A complete correction.

    Attributes:
        changes: ``(what, before, after)``.
        affects_offers: it may affect how offers are made, so that they need time.
        deadline: the new one, ``None`` when it stays.
        reason: why, shown with the new version.
    """

    title: str
    changes: tuple[tuple[str, str, str], ...]
    affects_offers: bool
    deadline: datetime | None
    reason: str
    contact: str
    contact_phone: str


def read_correction(matter: Matter) -> CorrectionAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[CORRECTION_FORM]
    deadline = text_of(raw, "deadline")
    return CorrectionAnswers(
        title=text_of(raw, "title"),
        changes=tuple(
            (text_of(row, "what"), text_of(row, "before"), text_of(row, "after"))
            for row in raw.get("changes") or ()
        ),
        affects_offers=raw.get("affects_offers") == "yes",
        deadline=datetime.fromisoformat(deadline) if deadline else None,
        reason=text_of(raw, "reason"),
        contact=text_of(raw, "contact"),
        contact_phone=text_of(raw, "contact_phone"),
    )
