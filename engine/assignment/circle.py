"""``circulate.to``: who is sent a copy of what a step decided, by the rules that give tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.assignment.registry import PERSON_RULES, written

if TYPE_CHECKING:
    from engine.assignment.rule import Case, PersonRule

#: The property that names the circle, and the one that says whose holders of its roles are meant.
CIRCLE: Final = "circulate.to"
CIRCLE_UNIT: Final = "circulate.unit"
#: How a circle is written, for messages.
WRITTEN: Final = f"role:<role> | {written(PERSON_RULES)}"

_ROLE: Final = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True)
class Circle:
    """People and posts that the model names.

    Attributes:
        roles: keys of roles; every holder at the unit that ``circulate.unit`` finds.
        people: (rule, parameter), one person each.
    """

    roles: tuple[str, ...]
    people: tuple[tuple[PersonRule, str], ...]

    @classmethod
    def read(cls, text: str) -> Circle:
        """Read the property.

        Raises:
            ValueError: a word that is no rule, or a parameter that the rule does not admit.
        """
        roles, people = [], []
        for word in text.split(","):
            name, _, parameter = word.strip().partition(":")
            rule = PERSON_RULES.get(name)
            if name == "role" and _ROLE.fullmatch(parameter):
                roles.append(parameter)
            elif rule is not None and rule.parameter.fullmatch(parameter):
                people.append((rule, parameter))
            else:
                raise ValueError(word)
        return cls(tuple(roles), tuple(people))

    def logins(self, case: Case) -> list[str]:
        """Return the people whom the rules find in a matter."""
        found = (rule.person(case, parameter) for rule, parameter in self.people)
        return [login for login in dict.fromkeys(found) if login]
