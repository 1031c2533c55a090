"""What a rule of assignment is: its name, how it is written, what it finds, how it is explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from engine.model.places import Place, Staff

NO_PARAMETER: Final = re.compile("")


class Organisation(Protocol):
    """What rules ask about units and people: the database, or a copy of it in memory."""

    def staff(self, place: Place, roles: Sequence[str], barred: Collection[str] = ()) -> Staff:
        """Return the unit of a place and one active holder of the roles who is not barred."""

    def leader_of(self, login: str) -> str | None:
        """Return the direct leader of a person."""


class MatterFacts(Protocol):
    """What rules ask about the matter itself."""

    def handler_of(self, element_id: str) -> str | None:
        """Return who did a user task of the same process last."""

    def answer(self, form_id: str, path: str) -> Any:
        """Return the latest stored answer of a field, ``None`` without one."""

    def record(self, lookup: str) -> Sequence[str]:
        """Return the values that a lookup of the installation gives for this matter."""


@dataclass(frozen=True)
class Case:
    """The matter for which somebody is looked for.

    Attributes:
        unit: code of the unit that the matter belongs to.
        division: that unit's division code.
        initiator: login.
        organisation: units and people.
        facts: what was done and filled in so far.
    """

    unit: str
    division: str
    initiator: str
    organisation: Organisation
    facts: MatterFacts


@dataclass(frozen=True, kw_only=True)
class Told:
    """Names for a rule's sentence, in the reader's language.

    Attributes:
        english: the reader reads English.
        parameter: what stands behind the rule's name.
        role: name(s) of the post.
        unit: name of the unit that is asked, empty when the scope decides.
        matter_unit: name of the unit that the matter belongs to.
        division: its division code.
        person: name of the person whom the rule gives, empty when there is none.
        initiator: name of the initiator.
        step: name of a user task by its id.
    """

    english: bool
    parameter: str = ""
    role: str = ""
    unit: str = ""
    matter_unit: str = ""
    division: str = ""
    person: str = ""
    initiator: str = ""
    step: Callable[[str], str] = field(default=lambda element_id: element_id)

    def said(self, zh: str, en: str) -> str:
        """Return the sentence in the reader's language."""
        return en if self.english else zh


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """What both kinds of rules have.

    Attributes:
        name: the word in the property.
        written: how the property's value is written, for messages.
        sentence: explains the result to the person who got the work item.
        parameter: what may stand behind ``name:``; it must match whole.
        dynamic: only a running matter knows the answer; a check before it cannot.
    """

    name: str
    written: str
    sentence: Callable[[Told], str]
    parameter: re.Pattern[str] = NO_PARAMETER
    dynamic: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitRule(_Rule):
    """A rule of property ``unit``: whose holders of the step's role are asked.

    Attributes:
        place: finds the unit.
    """

    place: Callable[[Case, str], Place]


@dataclass(frozen=True, kw_only=True)
class PersonRule(_Rule):
    """A rule of property ``assignee``: one person has it from the start.

    Attributes:
        person: finds the login, ``None`` when there is nobody.
    """

    person: Callable[[Case, str], str | None]
