"""The facts that a model states about its elements; frozen, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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


#: What a loop counts by itself; visible inside of it, never written by a model or a called process.
LOOP_COUNTERS: Final = frozenset(
    {"loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"}
)
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
