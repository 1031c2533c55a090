"""The nouns of a process model as read from a file; frozen, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from engine.bpmn.outcomes import outcomes_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.outcomes import Outcome


class ElementKind(StrEnum):
    """What an element is; the value is the BPMN tag in snake case."""

    TASK = "task"
    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"
    SERVICE_TASK = "service_task"
    SCRIPT_TASK = "script_task"
    BUSINESS_RULE_TASK = "business_rule_task"
    SEND_TASK = "send_task"
    RECEIVE_TASK = "receive_task"
    CALL_ACTIVITY = "call_activity"
    SUB_PROCESS = "sub_process"
    EVENT_SUB_PROCESS = "event_sub_process"
    TRANSACTION = "transaction"
    AD_HOC_SUB_PROCESS = "ad_hoc_sub_process"
    EXCLUSIVE_GATEWAY = "exclusive_gateway"
    PARALLEL_GATEWAY = "parallel_gateway"
    INCLUSIVE_GATEWAY = "inclusive_gateway"
    EVENT_BASED_GATEWAY = "event_based_gateway"
    COMPLEX_GATEWAY = "complex_gateway"
    START_EVENT = "start_event"
    END_EVENT = "end_event"
    CATCH_EVENT = "intermediate_catch_event"
    THROW_EVENT = "intermediate_throw_event"
    BOUNDARY_EVENT = "boundary_event"


SCOPES: Final = frozenset(
    {
        ElementKind.SUB_PROCESS,
        ElementKind.EVENT_SUB_PROCESS,
        ElementKind.TRANSACTION,
        ElementKind.AD_HOC_SUB_PROCESS,
    }
)
TASKS: Final = frozenset(
    {
        ElementKind.TASK,
        ElementKind.USER_TASK,
        ElementKind.MANUAL_TASK,
        ElementKind.SERVICE_TASK,
        ElementKind.SCRIPT_TASK,
        ElementKind.BUSINESS_RULE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.RECEIVE_TASK,
    }
)
ACTIVITIES: Final = SCOPES | TASKS | {ElementKind.CALL_ACTIVITY}
GATEWAYS: Final = frozenset(
    {
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.PARALLEL_GATEWAY,
        ElementKind.INCLUSIVE_GATEWAY,
        ElementKind.EVENT_BASED_GATEWAY,
        ElementKind.COMPLEX_GATEWAY,
    }
)


class EventType(StrEnum):
    """What an event is about."""

    NONE = "none"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    ERROR = "error"
    ESCALATION = "escalation"
    CONDITIONAL = "conditional"
    TERMINATE = "terminate"
    CANCEL = "cancel"
    COMPENSATION = "compensation"
    LINK = "link"


class TimerKind(StrEnum):
    """How a timer's text is meant."""

    DATE = "date"
    DURATION = "duration"
    CYCLE = "cycle"


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """The event definition of an event, send or receive task.

    Attributes:
        type: what it is about.
        name: message, signal or link name; FEEL when it starts with ``=``.
        code: error or escalation code, ``""`` catches every code.
        correlation_key: FEEL text with ``=``, ``""`` without.
        timer: how ``timer_value`` is meant.
        timer_value: ISO 8601 text, cron text, or FEEL when it starts with ``=``.
        condition: FEEL text of a conditional event.
        interrupting: start of an event sub-process or boundary event that ends its scope or host.
        attached_to: host of a boundary event.
        activity: the activity that a compensation throw event names, ``""`` for the whole scope.
    """

    type: EventType = EventType.NONE
    name: str = ""
    code: str = ""
    correlation_key: str = ""
    timer: TimerKind | None = None
    timer_value: str = ""
    condition: str = ""
    interrupting: bool = True
    attached_to: str = ""
    activity: str = ""


@dataclass(frozen=True, kw_only=True)
class UserTaskSpec:
    """Who does a user task and until when; texts are literals, or FEEL when they start with ``=``.

    Attributes:
        form_id: id of the form, ``""`` without.
        assignee: login.
        candidate_groups: role keys; one FEEL text when the model gives an expression.
        candidate_users: logins; one FEEL text when the model gives an expression.
        due_date: ISO 8601 date-time or duration, or FEEL.
        follow_up_date: like ``due_date``.
        priority: 0 to 100, or FEEL.
    """

    form_id: str = ""
    assignee: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due_date: str = ""
    follow_up_date: str = ""
    priority: str = ""


@dataclass(frozen=True, kw_only=True)
class CalledDecision:
    """The decision of a business rule task."""

    decision_id: str
    result_variable: str


@dataclass(frozen=True, kw_only=True)
class Script:
    """The FEEL expression of a script task (without ``=``) and where its value goes."""

    expression: str
    result_variable: str


@dataclass(frozen=True, kw_only=True)
class IoMapping:
    """One ``zeebe:input`` or ``zeebe:output``: source is FEEL with ``=`` or a literal."""

    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class LoopFacts:
    """How often an activity runs.

    Attributes:
        standard: a standard loop (while); else multi-instance.
        sequential: one after the other.
        collection: FEEL text of the input collection, ``""`` with a cardinality.
        element: local variable with the item.
        cardinality: FEEL text of a number.
        output_collection: variable with the results in the order of the items.
        output_element: FEEL text, evaluated in the finished instance.
        condition: completion condition, or the condition of a standard loop.
        maximum: most rounds of a standard loop, 0 without limit.
        test_before: a standard loop looks at its condition before the first round.
    """

    standard: bool = False
    sequential: bool = False
    collection: str = ""
    element: str = ""
    cardinality: str = ""
    output_collection: str = ""
    output_element: str = ""
    condition: str = ""
    maximum: int = 0
    test_before: bool = False


@dataclass(frozen=True, kw_only=True)
class AdHocFacts:
    """How an ad-hoc sub-process works.

    Attributes:
        active_elements: FEEL text of a list of element ids; ``""`` starts every one.
        condition: completion condition, ``""`` ends when nothing runs.
        cancel_remaining: end what still runs when the condition is true.
        sequential: one element at a time.
    """

    active_elements: str = ""
    condition: str = ""
    cancel_remaining: bool = True
    sequential: bool = False


@dataclass(frozen=True, kw_only=True)
class Element:
    """A node of the model, by BPMN id.

    Attributes:
        parent: id of the enclosing sub-process, ``None`` on the top level.
        lane: name of the innermost lane.
        properties: ``zeebe:property`` values by name.
        job_type: handler name of a service or send task or throw event.
        retries: attempts of a job, ≥ 1.
        propagate_all: a call activity merges every variable of the called process.
        for_compensation: runs only to undo another activity.
        activation: FEEL activation condition of a complex gateway.
        line: 1-based line in the file.
    """

    id: str
    kind: ElementKind
    name: str = ""
    parent: str | None = None
    lane: str | None = None
    lane_id: str | None = None
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    user_task: UserTaskSpec | None = None
    job_type: str = ""
    retries: int = 3
    task_headers: Mapping[str, str] = field(default_factory=dict)
    called_decision: CalledDecision | None = None
    called_process: str = ""
    propagate_all: bool = False
    script: Script | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    loop: LoopFacts | None = None
    event: EventFacts | None = None
    ad_hoc: AdHocFacts | None = None
    for_compensation: bool = False
    compensated_by: str = ""
    activation: str = ""
    line: int = 0

    @property
    def event_type(self) -> EventType:
        """What the event is about; ``NONE`` for everything that is no event."""
        return self.event.type if self.event else EventType.NONE


@dataclass(frozen=True, kw_only=True)
class SequenceFlow:
    """A sequence flow; ``condition`` is FEEL without ``=``, ``None`` when there is none.

    ``is_link`` marks the connection between two link events, which is not drawn.
    """

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    is_default: bool = False
    is_link: bool = False
    line: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class ProcessModel:
    """One executable process.

    Attributes:
        elements: by BPMN id, document order.
        flows: by id, document order.
    """

    process_id: str
    name: str
    file: str
    documentation: str = ""
    elements: Mapping[str, Element] = field(default_factory=dict)
    flows: Mapping[str, SequenceFlow] = field(default_factory=dict)

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Flows by source, document order."""
        found: dict[str, list[SequenceFlow]] = {}
        for flow in self.flows.values():
            found.setdefault(flow.source, []).append(flow)
        return {key: tuple(flows) for key, flows in found.items()}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Flows by target, document order."""
        found: dict[str, list[SequenceFlow]] = {}
        for flow in self.flows.values():
            found.setdefault(flow.target, []).append(flow)
        return {key: tuple(flows) for key, flows in found.items()}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Element, ...]]:
        """Elements by enclosing sub-process (``None``: top level), document order."""
        found: dict[str | None, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.parent, []).append(element)
        return {key: tuple(elements) for key, elements in found.items()}

    @cached_property
    def called_processes(self) -> frozenset[str]:
        """Ids of the processes that call activities start (literal ones)."""
        names = (element.called_process for element in self.elements.values())
        return frozenset(name for name in names if name and not name.startswith("="))

    @cached_property
    def called_decisions(self) -> frozenset[str]:
        """Ids of the decisions that business rule tasks ask."""
        found = (element.called_decision for element in self.elements.values())
        return frozenset(called.decision_id for called in found if called)

    @cached_property
    def job_types(self) -> frozenset[str]:
        """Handler names of the service tasks."""
        return frozenset(e.job_type for e in self.elements.values() if e.job_type)

    @cached_property
    def form_ids(self) -> frozenset[str]:
        """Ids of the forms of the user tasks."""
        found = (element.user_task for element in self.elements.values())
        return frozenset(task.form_id for task in found if task and task.form_id)

    def outcomes(self, user_task_id: str) -> tuple[Outcome, ...]:
        """Return the choices that the diagram draws after a user task, in document order."""
        return outcomes_after(self, user_task_id)
