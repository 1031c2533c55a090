"""``field:<form id>.<field>``: the unit or the person that a document names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import PersonRule, UnitRule
from engine.model.places import Place, PlaceKind

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told

#: ``<process>.<user task>.<field path>``; a form is called ``<process>.<user task>``.
PATTERN: Final = re.compile(r"(?P<form>\w+\.\w+)\.(?P<path>\w+(\.\w+)*)")


def _answer(case: Case, parameter: str) -> str:
    found = PATTERN.fullmatch(parameter)
    value = case.facts.answer(found["form"], found["path"]) if found else None
    return value.strip() if isinstance(value, str) else ""


def place(case: Case, parameter: str) -> Place:
    """Return the unit whose code stands in the field; an empty field gives no unit at all."""
    return Place(kind=PlaceKind.UNIT, unit=_answer(case, parameter), division=case.division)


def person(case: Case, parameter: str) -> str | None:
    """Return the login that stands in the field."""
    return _answer(case, parameter) or None


def unit_sentence(told: Told) -> str:
    """Say whose post."""
    return told.said(
        f"由单据中填写的单位（{told.unit}）的“{told.role}”办理。",
        f"Done by “{told.role}” of the unit that the document names ({told.unit}).",
    )


def person_sentence(told: Told) -> str:
    """Say who."""
    return told.said(
        f"由单据中填写的办理人（{told.person}）办理。",
        f"Done by the person whom the document names ({told.person}).",
    )


UNIT_RULE: Final = UnitRule(
    name="field",
    written="field:<form id>.<field>",
    parameter=PATTERN,
    place=place,
    sentence=unit_sentence,
    dynamic=True,
)
PERSON_RULE: Final = PersonRule(
    name="field",
    written="field:<form id>.<field>",
    parameter=PATTERN,
    person=person,
    sentence=person_sentence,
    dynamic=True,
)
