"""``superior`` and ``superior:<n>``: holders of the role in the unit one or n levels above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def place(case: Case, parameter: str) -> Place:
    """Return the unit above."""
    return Place(
        kind=PlaceKind.ABOVE, unit=case.unit, levels=int(parameter or 1), division=case.division
    )


def sentence(told: Told) -> str:
    """Say it."""
    levels = int(told.parameter or 1)
    above = "上级单位" if levels == 1 else f"上 {levels} 级单位"
    levels_en = "superior unit" if levels == 1 else f"unit {levels} levels above"
    return told.said(
        f"由{told.matter_unit}的{above}（{told.unit}）的“{told.role}”办理。",
        f"Done by “{told.role}” of the {levels_en} of {told.matter_unit} ({told.unit}).",
    )


RULE: Final = UnitRule(
    name="superior",
    written="superior | superior:<n>",
    parameter=re.compile("|[1-9]"),
    place=place,
    sentence=sentence,
)
