"""``post:<unit code>``: holders of the role in one unit that the model names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def place(case: Case, parameter: str) -> Place:
    """Return the named unit."""
    return Place(kind=PlaceKind.UNIT, unit=parameter, division=case.division)


def sentence(told: Told) -> str:
    """Say it."""
    return told.said(
        f"流程规定由{told.unit}的“{told.role}”办理。",
        f"The procedure names “{told.role}” of {told.unit}.",
    )


RULE: Final = UnitRule(
    name="post",
    written="post:<unit code>",
    parameter=re.compile(r"[\w-]{1,40}"),
    place=place,
    sentence=sentence,
)
