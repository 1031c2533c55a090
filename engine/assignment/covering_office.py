"""``covering``: holders of the role whose division scope covers the matter's unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.assignment.rule import UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def place(case: Case, _parameter: str) -> Place:
    """Leave the unit open: the scope decides."""
    return Place(kind=PlaceKind.COVERING, division=case.division)


def sentence(told: Told) -> str:
    """Say it."""
    return told.said(
        f"由“{told.role}”岗位、负责区划 {told.division}（{told.matter_unit}）的处室办理。",
        f"Done by “{told.role}” of the office whose scope covers division {told.division}"
        f" ({told.matter_unit}).",
    )


RULE: Final = UnitRule(name="covering", written="covering", place=place, sentence=sentence)
