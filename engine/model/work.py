"""Rows of running work as values: instances, work items, jobs, timers, documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.model.states import (
    LIVE_WORK,
    OPEN_WORK,
    Arrival,
    AssignedBy,
    InstanceState,
    JobState,
    WorkItemKind,
    WorkItemState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.model.participants import Candidate


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A process instance row; see ``engine.store.tables.instances`` for the columns."""

    key: int
    root_key: int
    parent_key: int | None
    parent_token: str | None
    process_id: str
    binding: str
    version: int
    region: str
    state: InstanceState
    revision: int
    unit: str
    division: str
    initiator: str
    title: str
    number: str
    summary: Sequence[Sequence[str]]
    submitted: bool
    started_at: datetime
    ended_at: datetime | None
    document: str
    parent_element: str | None = None
    suspended_at: datetime | None = None
    suspended_by: str | None = None
    suspend_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnSlip:
    """What a return ended; see ``engine.store.tables.work`` for the columns.

    Attributes:
        marking: the tokens of one instance, ``engine.bpmn.Marking`` as text.
        calls: ``{token: {process, document, calls}}`` of the called instances that ended with them.
    """

    work_item_key: int
    root_key: int
    instance_key: int
    marking: str
    calls: Mapping[str, Any]
    resumes: bool


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """A work item row with its candidates.

    Attributes:
        kind: what it asks of its person.
        part: 0 for the token's own task, 1 … for the parts of it.
        parent_key: the task that this is a part of, ``None`` for a task.
        owner: login of the person to whom a delegated task comes back, ``None`` otherwise.
        request: what the sender says to its person, empty when the diagram led here.
        decision: variables of a decision that waits for added signatures, ``None`` without.
        round_key: the round of a vote that its ballot belongs to, ``None`` for what is none.
        weight: of the ballot.
        has_parts: it has parts; known only where a single work item is read.
        sender: login of the person whose step or verb led here.
        returned_from: the work item whose return led here.
        signature: hex SHA-256 of the signature under the opinion, ``None`` without one.
        on_behalf_of: the principal for whom its assignee has it or did it, ``None`` without.
        assigned_by: how it came to its people.
        clock_stopped_at: since when its clock stands still, UTC; it has no due date meanwhile.
        slip: what the return that led here ended; known only where a single work item is read.
        arrival: how the matter came here.
        cause_key: the work item whose end led here.
    """

    key: int
    instance_key: int
    root_key: int
    process_id: str
    root_process_id: str
    element_id: str
    token_id: str
    name: str
    state: WorkItemState
    assignee: str | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_role: str = ""
    outcome: str = ""
    outcome_label: str = ""
    opinion: str = ""
    signature: str | None = None
    sender: str = ""
    returned_from: int | None = None
    clock_stopped_at: datetime | None = None
    arrival: Arrival = Arrival.FLOW
    cause_key: int | None = None
    kind: WorkItemKind = WorkItemKind.TASK
    part: int = 0
    parent_key: int | None = None
    owner: str | None = None
    request: str = ""
    decision: str | None = None
    round_key: int | None = None
    weight: int = 1
    has_parts: bool = False
    on_behalf_of: str | None = None
    assigned_by: AssignedBy = AssignedBy.RULE
    candidates: tuple[Candidate, ...] = ()
    has_draft: bool = False
    slip: ReturnSlip | None = None

    @property
    def holder(self) -> str | None:
        """Whose it is: a substitute has it for the principal; ``None`` when it is offered."""
        return self.on_behalf_of or self.assignee

    @property
    def is_open(self) -> bool:
        """Whether it is on somebody's list."""
        return self.state in OPEN_WORK

    @property
    def is_live(self) -> bool:
        """Whether it ends with its token: open, or waiting for something."""
        return self.state in LIVE_WORK

    @property
    def is_task(self) -> bool:
        """Whether it moves the token; parts of a task do not."""
        return self.kind is WorkItemKind.TASK


@dataclass(frozen=True)
class Move:
    """A change of one work item.

    Attributes:
        item: as read.
        to: its new state.
        values: other columns that change.
    """

    item: WorkItem
    to: WorkItemState
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """A job row; without a token it is a message that no process waits for."""

    key: int
    instance_key: int | None
    root_key: int | None
    token_id: str | None
    element_id: str
    job_type: str
    state: JobState
    run_at: datetime
    attempt: int
    max_attempts: int
    fence: int
    lease_until: datetime | None
    owner: str
    inputs: Mapping[str, Any]
    headers: Mapping[str, str]
    last_error: str
    created_at: datetime
    partner: str = ""
    message_id: str = ""
    ended_at: datetime | None = None

    @property
    def outside_id(self) -> str:
        """By which an outside system knows the message, the same for every try."""
        return self.message_id or f"{self.instance_key}/{self.token_id}"

    @property
    def place(self) -> tuple[int, int, str] | None:
        """(instance key, root key, token id); ``None`` when no process waits for it."""
        if self.instance_key is None or self.root_key is None or self.token_id is None:
            return None
        return self.instance_key, self.root_key, self.token_id


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """A stored version of a form's answers."""

    key: int
    root_key: int
    form_id: str
    form_sha256: str
    version: int
    work_item_key: int
    answers: Mapping[str, Any]
    stored_by: str
    stored_at: datetime


@dataclass(frozen=True, kw_only=True)
class AttachmentRow:
    """A stored file's row."""

    key: int
    root_key: int
    work_item_key: int
    form_id: str
    field: str
    name: str
    size: int
    content_type: str
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """A line of the audit trail to be written.

    Attributes:
        action: stable name, past participle: ``work_item_completed``.
        root_key: instance it belongs to, ``None`` for log-ins and the like.
        detail: what was decided or refused.
        changes: ``{field label: [old, new]}``.
    """

    at: datetime
    login: str
    action: str
    root_key: int | None = None
    person: str = ""
    role: str = ""
    unit: str = ""
    element_name: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
