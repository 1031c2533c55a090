"""Views of the task page and the matter's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.forms import Form
    from engine.queries.views.clock import ClockView
    from engine.queries.views.people import NextStepView
    from engine.queries.views.trace import (
        AttachmentView,
        DiagramView,
        PersonView,
        StepEntry,
        TimelineStep,
        VoteView,
    )
    from engine.queries.views.whole import CopyView, SuspensionView


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
class ReturnTargetView:
    """A step that a matter can be returned to.

    Attributes:
        key: what ``ReturnWorkItem`` takes.
        name: of the step.
        person: who did it and gets it again; the post when that person cannot.
        marks: which step it is: ``上一环节``, ``发起人``; may be empty.
        effects: sentences that say what the return does.
        seen: digest of the effects, to be sent back with the choice.
    """

    key: str
    name: str
    person: str
    marks: Sequence[str]
    effects: Sequence[str]
    seen: str


@dataclass(frozen=True, kw_only=True)
class VerbView:
    """An action beside the outcomes; shown disabled with the reason when it is not possible.

    Attributes:
        verb: ``claim``, ``release``, ``return``, ``transfer`` … (``webui.verbs.VERBS``).
        allowed: possible now for this person.
        reason: why not, empty when allowed.
        targets: for ``return``: where to, latest first.
        choices: names of what may be chosen with it, e.g. ``resume`` and ``replay``.
        people: for ``cancel_parts``: ``[(part's key, kind, person's name)]``.
        effects: what it will do, in sentences of the reader's language.
        at: key of the work item at which people are chosen for a verb of the whole matter.
    """

    verb: str
    allowed: bool
    reason: str = ""
    targets: Sequence[ReturnTargetView] = ()
    choices: Sequence[str] = ()
    people: Sequence[tuple[str, str, str]] = ()
    effects: Sequence[str] = ()
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class ExhibitView:
    """What a matter has to show beside its documents, in the reader's language.

    Attributes:
        title: heading.
        note: what the reader should know of it, may be empty.
        columns: headings of the table.
        rows: its rows.
        facts: ``(name, value)``.
        files: names of files that can be fetched.
        sealed: not shown yet: looking at it leaves a line in the audit trail.
    """

    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    facts: Sequence[tuple[str, str]]
    files: Sequence[str]
    sealed: bool


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
    """The head of a task or instance page; ``suspension`` is ``None`` unless it is suspended."""

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
    suspension: SuspensionView | None = None


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
        draft: version of this person's draft that the answers come from, empty without one.
        attachments: files already uploaded in this task.
        documents: business documents shown read-only.
        outcomes: the buttons.
        verbs: actions beside the outcomes.
        returned_reason: opinion of the return that led here, empty otherwise.
        returned_by: who returned it.
        returned_then: what follows the correction, a sentence; empty when it was not returned.
        timeline: past, current and coming steps.
        diagrams: root diagram first, then called processes.
        seen: the reader has opened it before.
        stands_in_for: name of the principal for whom the reader may act, empty in his own right.
        clock: why it is due then, ``None`` without a due date.
        context: what the form's expressions may read beside the answers.
        kind: ``task``, or what a part of one asks (``engine.model.states.WorkItemKind``).
        asked_by: name of the person who sent it by a verb, empty when the diagram led here.
        request: what that person says.
        delegated: it goes back to that person, who decides.
        entries: what has happened under the task so far: who was asked and has answered.
        vote: the round that it is a ballot of, ``None`` for what is none.
        next_steps: steps that come next, for which the reader chooses people.
        copy_to: names of those to whom the procedure sends a copy when the reader decides.
        takes_opinion: the reader is asked for words.
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
    returned_then: str
    timeline: Sequence[TimelineStep]
    diagrams: Sequence[DiagramView]
    draft: str = ""
    due_at: datetime | None = None
    clock: ClockView | None = None
    seen: bool = True
    stands_in_for: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "task"
    asked_by: str = ""
    request: str = ""
    delegated: bool = False
    entries: Sequence[StepEntry] = ()
    vote: VoteView | None = None
    next_steps: Sequence[NextStepView] = ()
    copy_to: Sequence[str] = ()
    takes_opinion: bool = True


@dataclass(frozen=True, kw_only=True)
class InstanceView:
    """Everything an instance page shows.

    Attributes:
        my_work_items: keys of what the reader may do now.
        copies: who was sent copies of it, oldest first.
        my_decisions: keys of tasks whose decision by the reader waits for added signatures.
    """

    matter: MatterView
    revision: int
    documents: Sequence[DocumentView]
    timeline: Sequence[TimelineStep]
    diagrams: Sequence[DiagramView]
    verbs: Sequence[VerbView]
    my_work_items: Sequence[str]
    my_decisions: Sequence[str] = ()
    copies: Sequence[CopyView] = ()
