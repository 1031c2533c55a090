"""What the queries return: frozen views for pages and programs; nothing here reads anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.forms import Form


class Box(StrEnum):
    """The lists a person has."""

    TODO = "todo"
    DONE = "done"
    STARTED = "started"


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A person as others see him: login, name, unit name and role name (may be empty)."""

    login: str
    name: str
    unit: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class WorklistRow:
    """One line of a list.

    Attributes:
        key: work item key (待办, 已办) or instance key (我发起的).
        instance_key: root instance, for links to the instance page.
        title: title of the matter, e.g. the plan name; the process name when still empty.
        number: business number, empty until it is given.
        process_name: Chinese name of the procedure.
        element_name: current (待办, 我发起的: all current ones joined by 、) or done step.
        unit: name of the unit the matter belongs to.
        initiator: name of the person who started it.
        sender: name of the person whose step led here, empty for the first step.
        state: instance state for 我发起的, work item state otherwise.
        is_draft: the initiator has not submitted yet.
        returned: the work came back by 退回.
        assignee: name of the person who claimed it, empty when offered.
        summary: up to three (label, value) pairs chosen in process.toml.
        arrived_at: when the work item was made (UTC).
        due_at: when it is due (UTC), ``None`` without a deadline.
        ended_at: when it was completed (UTC).
        overdue: due before now and still open.
        outcome: label of the chosen outcome (已办).
    """

    key: str
    instance_key: str
    title: str
    number: str
    process_name: str
    element_name: str
    unit: str
    initiator: str
    sender: str
    state: str
    is_draft: bool
    returned: bool
    assignee: str
    summary: Sequence[tuple[str, str]]
    arrived_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    overdue: bool
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class WorklistPage:
    """One page of a list.

    Attributes:
        rows: the lines of this page.
        total: lines that match the filters.
        page: 1-based page number.
        pages: number of pages, at least 1.
        counts: ``{box: open or all lines without filters}`` for the menu.
        processes: ``[(process id, name)]`` that occur in this box, for the filter.
    """

    rows: Sequence[WorklistRow]
    total: int
    page: int
    pages: int
    counts: Mapping[Box, int]
    processes: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class OutcomeView:
    """A button: a flow that the diagram draws after the user task.

    Attributes:
        key: what is sent back, e.g. ``approve``.
        label: what the button says (already in the reader's language).
        primary: the first drawn outcome.
        returns: leads back to an element passed before (shown last, as a warning).
        opinion_required: the model asks for an opinion with this outcome.
        validates: the form must be complete for this outcome (a return needs only an opinion).
        target: name of the next step, empty when it depends on rules.
    """

    key: str
    label: str
    primary: bool
    returns: bool
    opinion_required: bool
    validates: bool
    target: str = ""


@dataclass(frozen=True, kw_only=True)
class VerbView:
    """An action beside the outcomes; shown disabled with the reason when it is not possible.

    Attributes:
        verb: ``claim``, ``release``, ``return``, ``withdraw``, ``terminate``.
        allowed: possible now for this person.
        reason: why not, empty when allowed.
        targets: for ``return``: ``[(element id, step name, person's name)]``, latest first.
    """

    verb: str
    allowed: bool
    reason: str = ""
    targets: Sequence[tuple[str, str, str]] = ()


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
class DocumentView:
    """A business document as last stored.

    Attributes:
        form: the form it was filled in with.
        answers: the stored answers.
        version: 1-based.
        stored_by: person's name.
        stored_at: UTC.
        attachments: files of this document by field.
    """

    form: Form
    answers: Mapping[str, Any]
    version: int
    stored_by: str
    stored_at: datetime
    attachments: Sequence[AttachmentView] = ()


@dataclass(frozen=True, kw_only=True)
class MatterView:
    """The head of a task or instance page."""

    instance_key: str
    title: str
    number: str
    process_id: str
    process_name: str
    version: int
    region: str
    state: str
    is_draft: bool
    unit: str
    initiator: PersonView
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class WorkItemView:
    """Everything a task page shows.

    Attributes:
        key: work item key.
        revision: instance revision to send back with the completion.
        matter: head of the page.
        element_id: BPMN id of the user task.
        element_name: step name.
        documentation: help text of the step from the model, may be empty.
        state: work item state.
        mine: this person may complete it now (claimed by him, or offered to him).
        refusal: why not, empty when ``mine``.
        form: the form to fill in, ``None`` when the step has none (opinion only).
        answers: draft or earlier answers to start from.
        prefilled: answers come from this person's draft.
        opinion: draft opinion.
        attachments: files already uploaded in this task.
        documents: business documents shown read-only.
        outcomes: the buttons.
        verbs: actions beside the outcomes.
        returned_reason: opinion of the return that led here, empty otherwise.
        returned_by: who returned it.
        timeline: past, current and coming steps.
        diagrams: root diagram first, then called processes.
        why: sentence that says through which role this is the reader's.
        context: what the form's expressions may read beside the answers.
    """

    key: str
    revision: int
    matter: MatterView
    element_id: str
    element_name: str
    documentation: str
    state: str
    mine: bool
    refusal: str
    form: Form | None
    answers: Mapping[str, Any]
    prefilled: bool
    opinion: str
    attachments: Sequence[AttachmentView]
    documents: Sequence[DocumentView]
    outcomes: Sequence[OutcomeView]
    verbs: Sequence[VerbView]
    returned_reason: str
    returned_by: str
    timeline: Sequence[TimelineStep]
    diagrams: Sequence[DiagramView]
    due_at: datetime | None = None
    why: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class InstanceView:
    """Everything an instance page shows."""

    matter: MatterView
    revision: int
    documents: Sequence[DocumentView]
    timeline: Sequence[TimelineStep]
    diagrams: Sequence[DiagramView]
    verbs: Sequence[VerbView]
    my_work_items: Sequence[str]


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


@dataclass(frozen=True, kw_only=True)
class StartableProcess:
    """A procedure that this person may start in the own unit.

    Attributes:
        process_id: what ``StartInstance`` takes.
        name: procedure name in the reader's language.
        category: heading in the catalogue.
        description: one or two sentences.
        region: division code whose variant will be used, empty for the base.
        steps: names of the user tasks in order, for the tooltip.
    """

    process_id: str
    name: str
    category: str
    description: str
    region: str
    steps: Sequence[str] = ()
