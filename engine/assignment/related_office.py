"""``office:<relation>``: holders of the role in the office that serves the unit.

A unit that names no such office has that of its nearest superior; where none is named at all,
the scope decides, as with ``covering``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def place(case: Case, parameter: str) -> Place:
    """Return the serving office."""
    return Place(kind=PlaceKind.OFFICE, unit=case.unit, relation=parameter, division=case.division)


def sentence(told: Told) -> str:
    """Say it."""
    return told.said(
        f"由“{told.role}”岗位、负责{told.matter_unit}的处室（{told.unit}）办理。",
        f"Done by “{told.role}” of the office that serves {told.matter_unit} ({told.unit}).",
    )


RULE: Final = UnitRule(
    name="office",
    written="office:<relation>",
    parameter=re.compile("[a-z][a-z0-9_]*"),
    place=place,
    sentence=sentence,
)
