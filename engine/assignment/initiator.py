"""``initiator``: whoever started the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.assignment.rule import PersonRule

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def person(case: Case, _parameter: str) -> str | None:
    """Return the initiator."""
    return case.initiator


def sentence(told: Told) -> str:
    """Say who."""
    return told.said(
        f"由本事项的发起人（{told.initiator}）办理。",
        f"Done by the person who started the matter ({told.initiator}).",
    )


RULE: Final = PersonRule(name="initiator", written="initiator", person=person, sentence=sentence)
