"""``record:<lookup>``: the unit or the person that a record of the installation names.

The lookup is one of ``engine.handler``; the first value that it gives counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import PersonRule, UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told

PATTERN: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def _first(case: Case, parameter: str) -> str:
    return next(iter(case.facts.record(parameter)), "")


def place(case: Case, parameter: str) -> Place:
    """Return the unit whose code the record holds."""
    return Place(kind=PlaceKind.UNIT, unit=_first(case, parameter), division=case.division)


def person(case: Case, parameter: str) -> str | None:
    """Return the login that the record holds."""
    return _first(case, parameter) or None


def unit_sentence(told: Told) -> str:
    """Say whose post."""
    return told.said(
        f"由业务记录中登记的单位（{told.unit}）的“{told.role}”办理。",
        f"Done by “{told.role}” of the unit on record ({told.unit}).",
    )


def person_sentence(told: Told) -> str:
    """Say who."""
    return told.said(
        f"由业务记录中登记的办理人（{told.person}）办理。",
        f"Done by the person on record ({told.person}).",
    )


UNIT_RULE: Final = UnitRule(
    name="record",
    written="record:<lookup>",
    parameter=PATTERN,
    place=place,
    sentence=unit_sentence,
    dynamic=True,
)
PERSON_RULE: Final = PersonRule(
    name="record",
    written="record:<lookup>",
    parameter=PATTERN,
    person=person,
    sentence=person_sentence,
    dynamic=True,
)
