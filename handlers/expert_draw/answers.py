"""The application as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from engine.clock import OFFICE_ZONE
from engine.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

APPLICATION_FORM: Final = "expert_draw.fill_application"
DRAW_FORM: Final = "expert_draw.draw_experts"
REVEAL_FORM: Final = "expert_draw.reveal_secret"
TIME_FORM: Final = "expert_draw.adjust_review"
REDRAW_FORM: Final = "expert_draw.redraw_experts"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One row of the needs: how many experts of a field."""

    field: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ApplicationAnswers:
    """A complete submission.

    Attributes:
        project: key of the chosen project as text, empty when the name was typed.
        project_name: filled in by the choice, or typed.
        lots: numbers of the chosen lots.
        review_at: timezone-aware.
        wanted: in the order of the form.
        avoid_units: codes of units.
        avoid_persons: names.
        commitment: hex SHA-256 of the purchaser's secret, empty when it takes no part.
    """

    project: str
    project_name: str
    lots: tuple[str, ...]
    review_at: datetime
    place: str
    contact: str
    contact_phone: str
    wanted: tuple[Wanted, ...]
    avoid_units: frozenset[str]
    avoid_persons: frozenset[str]
    commitment: str


def read_application(matter: Matter) -> ApplicationAnswers:
    """Return the application of ``matter``.

    Raises:
        WorkflowError: it was never submitted.
    """
    raw = answers_of(matter, APPLICATION_FORM)
    takes_part = raw.get("take_part") == "yes"
    return ApplicationAnswers(
        project=text(raw, "project"),
        project_name=text(raw, "project_name"),
        lots=tuple(str(number) for number in raw.get("lots") or ()),
        review_at=moment(raw, "review_at"),
        place=text(raw, "place"),
        contact=text(raw, "contact"),
        contact_phone=text(raw, "contact_phone"),
        wanted=tuple(
            Wanted(field=text(row, "field"), count=int(row["count"]))
            for row in raw.get("needs") or ()
        ),
        avoid_units=frozenset(text(row, "unit") for row in raw.get("avoid_units") or ()),
        avoid_persons=frozenset(text(row, "name") for row in raw.get("avoid_persons") or ()),
        commitment=text(raw, "commitment").lower() if takes_part else "",
    )


def answers_of(matter: Matter, form: str) -> Mapping[str, Any]:
    """Return the latest stored answers of a form.

    Raises:
        WorkflowError: it was never submitted.
    """
    raw = matter.answers.get(form)
    if raw is None:
        raise WorkflowError("本事项还没有填报。", f"The matter has no answers of {form}.")
    return raw


def text(raw: Mapping[str, Any], key: str) -> str:
    """Return an answer as text, ``""`` without one."""
    return str(raw.get(key) or "")


def moment(raw: Mapping[str, Any], key: str) -> datetime:
    """Return a moment; one without a zone is the office's."""
    found = datetime.fromisoformat(str(raw[key]))
    return found.replace(tzinfo=OFFICE_ZONE) if found.tzinfo is None else found


def shown(moment: datetime) -> str:
    """Return a moment as the office reads it, e.g. ``2026-06-08 09:00``."""
    return f"{moment.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
