"""Views of what happened and what is still to come: timeline, diagrams, audit trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A person as others see him: login, name, unit name and role name (may be empty)."""

    login: str
    name: str
    unit: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    """A stored file.

    Attributes:
        key: for the download address.
        field: form path it belongs to, empty for attachments of an opinion.
        name: original file name, Chinese intact.
        size: bytes.
        content_type: checked media type.
        uploaded_by: person's name.
        uploaded_at: UTC.
        sha256: hex digest of the content.
    """

    key: str
    field: str
    name: str
    size: int
    content_type: str
    uploaded_by: str
    uploaded_at: datetime
    sha256: str


class StepState(StrEnum):
    """Where a step of the timeline stands."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class VoteView:
    """A round of a vote.

    Attributes:
        number: 1-based among the rounds of the step.
        passes: the rule as the model writes it (``vote.pass``).
        secret: nobody sees who voted how.
        sequential: one after the other.
        state: ``open``, ``passed``, ``rejected`` or ``ended`` (broken off and kept).
        needed: weight that must agree.
        total: weight of all voters.
        voters: number of people.
        cast: how many have voted.
        agreed: weight; ``None`` as long as a secret vote has no result.
        refused: the same.
        abstained: the same.
    """

    number: int
    passes: str
    secret: bool
    sequential: bool
    state: str
    needed: int
    total: int
    voters: int
    cast: int
    agreed: int | None
    refused: int | None
    abstained: int | None


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """What happened under a task: it was handed on, somebody was asked and has answered.

    Attributes:
        kind: ``transfer``, ``delegate``, ``consult`` … (``engine.model.states.WorkItemKind``).
        state: done, current, coming (its turn has not come) or cancelled.
        sender: who sent it.
        person: who got it.
        request: what the sender said.
        outcome: ``agree``, ``refuse`` or empty.
        opinion: what the person answered.
        sent_at: UTC.
        answered_at: UTC, ``None`` without an answer.
        label: of a ballot: what was chosen, in words.
        weight: of a ballot.
        work_item_key: of a ballot, for the signature under its opinion.
        signed: a signature stands under the opinion.
    """

    kind: str
    state: StepState
    sender: PersonView
    person: PersonView
    request: str
    outcome: str
    opinion: str
    sent_at: datetime
    answered_at: datetime | None
    label: str = ""
    weight: int = 1
    work_item_key: str = ""
    signed: bool = False


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    """One step of the one timeline: past, current or coming.

    Attributes:
        element_id: BPMN id.
        process_id: process id of the definition the element belongs to.
        name: step name.
        state: done, current, coming or cancelled.
        people: who did it, has it, or may get it.
        role: role name(s) of the step.
        outcome: label of the chosen outcome.
        opinion: the person's words.
        attachments: files given with the opinion.
        started_at: UTC; ``None`` for coming steps.
        ended_at: UTC.
        due_at: UTC.
        work_item_key: empty for coming steps.
        conditional: a coming step that only comes if a rule says so (如有).
        returns: the chosen outcome sent the matter back.
        taken_back: the step is done again because somebody took his own decision back.
        signed: a signature stands under the opinion.
        entries: what happened under the task, or the ballots of a round, oldest first.
        vote: the round, ``None`` for what is no vote.
    """

    element_id: str
    process_id: str
    name: str
    state: StepState
    people: Sequence[PersonView] = ()
    role: str = ""
    outcome: str = ""
    opinion: str = ""
    attachments: Sequence[AttachmentView] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None
    work_item_key: str = ""
    conditional: bool = False
    returns: bool = False
    taken_back: bool = False
    signed: bool = False
    entries: Sequence[StepEntry] = ()
    vote: VoteView | None = None


@dataclass(frozen=True, kw_only=True)
class DiagramView:
    """A diagram with its state.

    Attributes:
        process_id: process id of the definition.
        name: name of the definition.
        xml: the BPMN file as deployed.
        done: ids of elements and flows passed.
        current: ids of active elements.
        notes: ``{element id: short text}`` such as the handler's name.
        instance_key: the (called) instance the state belongs to.
        called_from: element id of the call activity in the caller's diagram, empty for the root.
    """

    process_id: str
    name: str
    xml: str
    done: Sequence[str]
    current: Sequence[str]
    notes: Mapping[str, str]
    instance_key: str
    called_from: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One line of the audit trail (catalogue 0.12).

    Attributes:
        at: UTC.
        who: person's name (login), ``系统`` for workers.
        role: role name through which the person acted, may be empty.
        unit: unit name of the person.
        action: stable name such as ``work_item_completed``.
        element_name: step, empty for actions on the whole instance.
        detail: ``{name: value}`` of what was decided or refused.
        changes: ``{field: (old, new)}`` of changed answers.
        address: IP address.
    """

    at: datetime
    who: str
    role: str
    unit: str
    action: str
    element_name: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    address: str = ""
