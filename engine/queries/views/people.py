"""Views of the people picker of substitutions and recusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from engine.forms import Form
    from engine.queries.views.trace import AttachmentView


class Nearness(StrEnum):
    """Under which heading the picker shows a person."""

    CHOSEN = "chosen"
    POST = "post"
    COLLEAGUE = "colleague"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class EligiblePerson:
    """A line of the picker.

    Attributes:
        login: what is sent back.
        name: the person's name.
        unit: name of the unit.
        department: inside the unit, may be empty.
        posts: names of the posts in the reader's language.
        nearness: the heading.
        allowed: may be chosen.
        reason: why not, empty when allowed.
    """

    login: str
    name: str
    unit: str
    department: str
    posts: Sequence[str]
    nearness: Nearness
    allowed: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """What the picker shows.

    Attributes:
        people: chosen first, then by nearness; within a heading those who can be chosen first.
        more: there are more people than are shown; a search narrows them.
    """

    people: Sequence[EligiblePerson]
    more: bool = False


class SubstitutionState(StrEnum):
    """Where a substitution stands."""

    CURRENT = "current"
    COMING = "coming"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class SubstitutionView:
    """One line.

    Attributes:
        key: for ``RevokeSubstitution``.
        mine: the person of the page is the one who is away; else stands in.
        principal: name.
        substitute: name.
        processes: names of the procedures, empty = all.
        regions: division prefixes, empty = all.
    """

    key: str
    mine: bool
    principal: str
    substitute: str
    first_day: date
    last_day: date
    processes: Sequence[str]
    regions: Sequence[str]
    reason: str
    state: SubstitutionState

    @property
    def revocable(self) -> bool:
        """Whether it can still be ended."""
        return self.state in (SubstitutionState.CURRENT, SubstitutionState.COMING)


@dataclass(frozen=True, kw_only=True)
class RecusalView:
    """One line of the recusals.

    Attributes:
        key: for ``LiftRecusal``.
        person: name.
        target: title of the matter or name of the unit.
        instance_key: the matter, empty for a unit.
        until: last day, ``None`` = until it is lifted.
        holds: keeps the person away now.
    """

    key: str
    person: str
    target: str
    instance_key: str
    reason: str
    until: date | None
    holds: bool
    added_at: datetime


@dataclass(frozen=True, kw_only=True)
class NextStepView:
    """A step that comes next, for which the reader chooses people.

    Attributes:
        element_id: the user task.
        name: of the step.
        purpose: key of ``engine.model.choosing.PURPOSES``.
        outcomes: labels of the outcomes that lead there, empty for all.
        required: somebody has to be chosen.
        conditional: it only comes if a rule says so (如有).
    """

    element_id: str
    name: str
    purpose: str
    outcomes: Sequence[str]
    required: bool
    conditional: bool


@dataclass(frozen=True, kw_only=True)
class OutsidePage:
    """What a party outside of the office sees behind its link.

    Attributes:
        title: of the matter.
        process_name: of the procedure.
        unit: name of the unit.
        party: the receiver.
        reason: what is to be corrected.
        expires_at: UTC.
        form: the slice of the form.
        answers: the latest answers of the whole form.
        attachments: files in the slice's fields.
    """

    title: str
    process_name: str
    unit: str
    party: str
    reason: str
    expires_at: datetime
    form: Form
    answers: Mapping[str, Any]
    attachments: Sequence[AttachmentView]
