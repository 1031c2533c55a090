"""``handler:<user task>``: whoever did another user task of the same process last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import PersonRule

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def person(case: Case, parameter: str) -> str | None:
    """Return that person."""
    return case.facts.handler_of(parameter)


def sentence(told: Told) -> str:
    """Say who."""
    step = told.step(told.parameter)
    return told.said(
        f"由办理过“{step}”的{told.person}办理。",
        f"Done by {told.person}, who did “{step}”.",
    )


RULE: Final = PersonRule(
    name="handler",
    written="handler:<user task>",
    parameter=re.compile(r"\w+"),
    person=person,
    sentence=sentence,
    dynamic=True,
)
