"""The properties that a user task may carry: one line each, with the values that make sense.

What they mean is written in docs/step-properties.md; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.assignment import PERSON_RULES, UNIT_RULES, written
from engine.model.choosing import PURPOSES, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.assignment import PersonRule, UnitRule


@dataclass(frozen=True)
class Values:
    """What a property may say.

    Attributes:
        pattern: a regular expression for the whole value.
        hint: the same for people.
    """

    pattern: str
    hint: str

    def admits(self, value: str) -> bool:
        """Tell whether ``value`` makes sense."""
        return re.fullmatch(self.pattern, value) is not None


def _one_of(*words: str) -> Values:
    return Values("|".join(map(re.escape, words)), " | ".join(words))


def _some_of(*words: str) -> Values:
    word = "|".join(map(re.escape, words))
    return Values(rf"\s*({word})\s*(,\s*({word})\s*)*", ", ".join(words))


def _written(rules: Mapping[str, UnitRule] | Mapping[str, PersonRule]) -> str:
    """Return a pattern of what the rules admit: their name alone, or ``name:parameter``."""
    return "|".join(
        rf"{rule.name}:({rule.parameter.pattern})"
        if not rule.parameter.fullmatch("")
        else rf"{rule.name}(:({rule.parameter.pattern}))?"
        for rule in rules.values()
    )


def names_in(text: str) -> list[str]:
    """Return the names of a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


_ANYTHING: Final = Values(r"[\s\S]*", "")
_FLAG: Final = _one_of("true", "false")
_PEOPLE: Final = _some_of(*Pool)

PROPERTIES: Final[Mapping[str, Values]] = {
    "assignee": Values(_written(PERSON_RULES), written(PERSON_RULES)),
    "documents": _ANYTHING,
    "nobody": _one_of("incident", "superior", "leader", "administrator", "skip"),
    "nobody.outcome": _ANYTHING,
    "opinion": _one_of("required", "required-on-return", "optional", "none"),
    "return.outcomes": _ANYTHING,
    "separate.from": _ANYTHING,
    "sticky": _FLAG,
    "submit": _FLAG,
    "unit": Values(_written(UNIT_RULES), written(UNIT_RULES)),
    **{purpose.property: _PEOPLE for purpose in PURPOSES.values()},
}
