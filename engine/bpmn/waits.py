"""What an instance waits for, as the commands layer sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import Activity, CallActivity
from engine.bpmn.events import CatchEvent
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.listening import DUE, KEY, NAME, SPAN, Listener
from engine.bpmn.people import PERSON
from engine.bpmn.token import STARTED
from engine.bpmn.votes import ROUND, VOTER, WEIGHT, Ballot, Vote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.token import Token


class WaitKind(StrEnum):
    """Who can end a wait."""

    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"
    JOB = "job"
    DECISION = "decision"
    CALL = "call"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    #: a vote waits for its voters
    VOTERS = "voters"


_TASKS: Final = {
    ElementKind.USER_TASK: WaitKind.USER_TASK,
    ElementKind.MANUAL_TASK: WaitKind.MANUAL_TASK,
    ElementKind.SERVICE_TASK: WaitKind.JOB,
    ElementKind.SEND_TASK: WaitKind.JOB,
    ElementKind.END_EVENT: WaitKind.JOB,
    ElementKind.THROW_EVENT: WaitKind.JOB,
    ElementKind.BUSINESS_RULE_TASK: WaitKind.DECISION,
    ElementKind.CALL_ACTIVITY: WaitKind.CALL,
}
#: Kinds that a handler does when the model gives a job type.
_BY_JOB: Final = (WaitKind.DECISION,)
_EVENTS: Final = {
    EventType.TIMER: WaitKind.TIMER,
    EventType.MESSAGE: WaitKind.MESSAGE,
    EventType.SIGNAL: WaitKind.SIGNAL,
}


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One thing that waits.

    Attributes:
        token_id: unique in the instance for ever.
        element_id: the user task, service task, event …
        kind: who can end it.
        inputs: values of the input mappings, or all visible variables when there are none.
        due: of a timer; UTC.
        due_date: of a user task, evaluated: a span such as ``P5WD``, a date or a moment; of a
            timer only a span of working days.
        follow_up: of a user task; UTC.
        name: message or signal name.
        correlation_key: value of the key, ``None`` without.
        job_type: handler name of a job.
        decision_id: decision of a business rule task.
        result_variable: where the decision's result goes.
        called_process: id of the called process.
        assignee: of a user task, evaluated, ``""`` without.
        candidate_groups: role keys, evaluated.
        candidate_users: logins, evaluated.
        priority: of a user task, ``None`` when the model says nothing.
        host_token_id: the token at which an event listens, ``None`` for an element in the flow.
        loop_counter: 1-based number of the innermost loop instance around it, 0 outside.
        round_key: the round of a ballot, 0 for what is no ballot.
        weight: of the ballot.
    """

    token_id: str
    element_id: str
    kind: WaitKind
    inputs: Mapping[str, Any] = field(default_factory=dict)
    due: datetime | None = None
    due_date: str = ""
    follow_up: datetime | None = None
    name: str = ""
    correlation_key: str | None = None
    job_type: str = ""
    decision_id: str = ""
    result_variable: str = ""
    called_process: str = ""
    assignee: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    priority: int | None = None
    host_token_id: str | None = None
    loop_counter: int = 0
    round_key: int = 0
    weight: int = 0


def wait_of(token: Token) -> Wait | None:
    """Return what a token waits for, ``None`` when it only holds others."""
    kind = _kind_of(token)
    if kind is None:
        return None
    spec = token.task_spec
    if isinstance(spec, Listener):
        return _event(token, kind, host=token.parent.id)
    if isinstance(spec, CatchEvent):
        return _event(token, kind, host=None)
    if isinstance(spec, Vote):
        return _voters(token, spec)
    return _task(token, spec, kind)


def is_waiting(token: Token) -> bool:
    """Tell whether somebody outside can end the token's wait."""
    return _kind_of(token) is not None


def _kind_of(token: Token) -> WaitKind | None:
    spec = token.task_spec
    if isinstance(spec, Listener):
        return _EVENTS.get(spec.owner.source.type)
    if token._state != STARTED:
        return None
    if isinstance(spec, CatchEvent):
        return _EVENTS.get(spec.source.type)
    if isinstance(spec, Vote):
        return WaitKind.VOTERS if spec.is_waiting(token) else None
    if not isinstance(spec, Activity) or not spec.waits:
        return None
    kind = _TASKS.get(spec.element.kind)
    return WaitKind.JOB if kind in _BY_JOB and spec.element.job_type else kind


def _event(token: Token, kind: WaitKind, host: str | None) -> Wait:
    remembered = token.internal_data
    due = remembered.get(DUE)
    return Wait(
        token_id=token.id,
        element_id=token.task_spec.element.id,
        kind=kind,
        due=datetime.fromisoformat(due).astimezone(UTC) if due else None,
        due_date=remembered.get(SPAN, ""),
        name=remembered.get(NAME, ""),
        correlation_key=remembered.get(KEY),
        host_token_id=host,
        loop_counter=_counter(token),
    )


def _task(token: Token, spec: Activity, kind: WaitKind) -> Wait:
    machine, element = token.workflow, spec.element
    seen = machine.visible(token)
    inputs = {name: token.data[name] for name, _ in spec.reads}
    if not spec.reads and element.propagate_parent:
        inputs = dict(seen)
    inputs.update({name: seen.get(name) for name in element.data_inputs})
    decision = element.called_decision
    called = ""
    if isinstance(spec, CallActivity):
        called = str(spec.called.value(seen) or "")
    return Wait(
        token_id=token.id,
        element_id=element.id,
        kind=kind,
        inputs=inputs,
        job_type=element.job_type,
        decision_id=decision.decision_id if decision else "",
        result_variable=decision.result_variable if decision else "",
        called_process=called,
        loop_counter=_counter(token),
        **(_person(token, spec) if kind is WaitKind.USER_TASK else {}),
    )


def _voters(token: Token, spec: Vote) -> Wait:
    return Wait(
        token_id=token.id,
        element_id=spec.element.id,
        kind=WaitKind.VOTERS,
        loop_counter=_counter(token),
        **_person(token, spec),
    )


def _counter(token: Token) -> int:
    """Return the number of the innermost loop instance around a token, 0 outside of loops."""
    place: Token | None = token
    while place is not None and place.task_spec.body is None:
        place = place.parent
    return int(place.data.get("loopCounter", 0)) if place is not None else 0


def _person(token: Token, spec: Activity) -> dict[str, Any]:
    remembered = token.internal_data
    facts = {key: remembered[short] for key, short in PERSON.items() if short in remembered}
    if "follow_up" in facts:
        facts["follow_up"] = datetime.fromisoformat(facts["follow_up"]).astimezone(UTC)
    task = spec.element.user_task
    if task is not None:
        facts.setdefault("assignee", task.assignee if task.assignee[:1] != "=" else "")
        facts.setdefault("candidate_groups", task.candidate_groups)
        facts.setdefault("candidate_users", task.candidate_users)
    for key in ("candidate_groups", "candidate_users"):
        facts[key] = tuple(facts[key])
    if isinstance(spec, Ballot):
        facts["assignee"] = token.data[VOTER]
        facts["round_key"] = token.parent.internal_data[ROUND]
        facts["weight"] = token.data[WEIGHT]
    return facts
