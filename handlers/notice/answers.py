"""The call for tenders as the person drafted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

CHOICE_FORM: Final = "notice_publication.choose_project"
DRAFT_FORM: Final = "notice_publication.draft_notice"


@dataclass(frozen=True, kw_only=True)
class CallAnswers:
    """A complete draft; what a kind of notice does not ask is empty.

    Attributes:
        lots: chosen lots as ``number@revision``.
        ceiling: 最高限价, yuan.
        consortium: ``是`` or ``否``.
        documents_from: first day on which documents can be had.
        documents_to: last day.
        deadline: until when offers are taken.
        supplier: code of the single source.
        agency: code of the agency that acts for the purchaser.
    """

    title: str
    lots: tuple[str, ...]
    demand: str
    ceiling: Decimal | None
    term: str
    consortium: str
    qualification: str
    documents_from: date | None
    documents_to: date | None
    documents_place: str
    deadline: datetime | None
    place: str
    single_reason: str
    supplier: str
    other: str
    agency: str
    contact: str
    contact_phone: str


def read_call(matter: Matter) -> CallAnswers:
    """Return what was drafted.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[DRAFT_FORM]
    deadline = text_of(raw, "deadline")
    ceiling = text_of(raw, "ceiling")
    return CallAnswers(
        title=text_of(raw, "title"),
        lots=tuple(str(value) for value in raw.get("lots") or ()),
        demand=text_of(raw, "demand"),
        ceiling=Decimal(ceiling) if ceiling else None,
        term=text_of(raw, "term"),
        consortium="是" if raw.get("consortium") == "yes" else "否",
        qualification=text_of(raw, "qualification"),
        documents_from=day_of(raw, "documents_from"),
        documents_to=day_of(raw, "documents_to"),
        documents_place=text_of(raw, "documents_place"),
        deadline=datetime.fromisoformat(deadline) if deadline else None,
        place=text_of(raw, "place"),
        single_reason=text_of(raw, "single_reason"),
        supplier=text_of(raw, "supplier"),
        other=text_of(raw, "other"),
        agency=text_of(raw, "agency"),
        contact=text_of(raw, "contact"),
        contact_phone=text_of(raw, "contact_phone"),
    )


def text_of(raw: Mapping[str, Any], key: str) -> str:
    """Return a trimmed text, empty when nothing was answered."""
    return str(raw.get(key) or "").strip()


def day_of(raw: Mapping[str, Any], key: str) -> date | None:
    """Return a day, ``None`` when nothing was answered."""
    text = text_of(raw, key)
    return date.fromisoformat(text) if text else None
