"""``own``: holders of the role in the unit that the matter belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.assignment.rule import UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def place(case: Case, _parameter: str) -> Place:
    """Return the matter's own unit."""
    return Place(kind=PlaceKind.UNIT, unit=case.unit, division=case.division)


def sentence(told: Told) -> str:
    """Say it."""
    return told.said(
        f"由本单位（{told.unit}）的“{told.role}”办理。",
        f"Done by “{told.role}” of the unit itself ({told.unit}).",
    )


RULE: Final = UnitRule(name="own", written="own", place=place, sentence=sentence)
