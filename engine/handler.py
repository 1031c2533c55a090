"""The handler API: everything a service task, a form lookup or an outside call may use.

A **record handler** touches only our own database; it runs inside the command's transaction, so
its effect is exactly-once. An **outside handler** runs as a job with no transaction open, at least
once, with a stable idempotency key. An **inbound handler** takes a message of an outside system,
in one transaction with the inbox. A **lookup** offers the choices of a form field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from engine.clock import OFFICE_ZONE
from engine.errors import ConfigurationError, UnmatchedError
from engine.exchange import (
    InboundContext,
    InboundMessage,
    OutsideCall,
    OutsideContract,
    Receipt,
    RejectedError,
    UnreachableError,
)
from engine.message_schema import load_data
from engine.partners import BRIEF, PATIENT, Partner
from engine.registry import HandlerRegistry, Registered

if TYPE_CHECKING:
    from datetime import date, datetime

    from marshmallow import Schema
    from sqlalchemy.orm import Session

    from engine.exchange import Names
    from engine.partners import RetrySchedule

__all__ = [
    "BRIEF",
    "PATIENT",
    "BpmnError",
    "HandlerRegistry",
    "InboundContext",
    "InboundMessage",
    "Job",
    "Lookup",
    "Matter",
    "Option",
    "OutsideCall",
    "OutsideContract",
    "Partner",
    "Receipt",
    "RecordContext",
    "Registered",
    "RejectedError",
    "UnmatchedError",
    "UnreachableError",
    "Variables",
    "handler",
    "inbound_handler",
    "lookup",
    "record_handler",
    "registry",
]

Variables = Mapping[str, Any]
F = TypeVar("F", bound=Callable[..., Any])


class BpmnError(Exception):
    """A business outcome that the model catches with an error boundary event.

    Attributes:
        code: BPMN error code drawn in the model.
        variables: values handed to the catching scope.
    """

    def __init__(self, code: str, variables: Variables | None = None) -> None:
        """Name the error code that the model catches."""
        super().__init__(code)
        self.code = code
        self.variables = dict(variables or {})


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a handler may know of the instance it works for.

    Attributes:
        instance_key: key of the root instance (a called process shares its caller's).
        process_id: BPMN process id of the element's own definition.
        element_id: BPMN id of the element that calls the handler, empty for lookups.
        initiator: login of the person who started the root instance.
        unit: code of the unit that the matter belongs to.
        division: that unit's division code.
        now: the moment of the command, timezone-aware, UTC.
        answers: ``{form id: latest stored answers}`` of the root instance's business documents.
        actor: login of the person whose command runs, ``system`` for workers.
    """

    instance_key: str
    process_id: str
    element_id: str
    initiator: str
    unit: str
    division: str
    now: datetime
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    actor: str = "system"

    @property
    def today(self) -> date:
        """The office's calendar date (Asia/Shanghai) at ``now``."""
        return self.now.astimezone(OFFICE_ZONE).date()


def no_key(_purpose: str) -> bytes:
    """Stand in for the installation's secret where there is no installation.

    Raises:
        ConfigurationError: always.
    """
    raise ConfigurationError(
        "此处没有系统密钥，不能办理。", "There is no secret of an installation here."
    )


def _cannot_send(call: OutsideCall) -> bool:
    raise ConfigurationError(
        f"此处不能发送外部消息（{call.handler}）。", f"Nothing can be sent here ({call.handler})."
    )


@dataclass(frozen=True, kw_only=True)
class RecordContext:
    """What a record handler and a lookup get: the matter and the open transaction.

    Attributes:
        matter: facts of the instance.
        session: the unit of work's session; never commit, roll back or close it.
        decide: ``decide(decision id, facts)`` evaluates a decision that the matter pinned, so that
            a list of choices obeys the same table as the process.
        keyed: ``keyed(purpose)`` gives 32 bytes that only this installation can make (HMAC-SHA256
            under its secret), the same in every process of it: what need not be stored.
        send: sends a message after the commit that nothing waits for (``OutsideCall``);
            ``False`` = it was sent before.
    """

    matter: Matter
    session: Session
    decide: Callable[[str, Variables], Any]
    keyed: Callable[[str], bytes] = no_key
    send: Callable[[OutsideCall], bool] = _cannot_send


def _no_channel(_name: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What an outside handler gets.

    Attributes:
        key: the job's key.
        idempotency_key: the same for every try of this job; hand it to the outside system.
        attempt: 1 for the first try.
        matter: facts of the instance, ``now`` being the time of the claim; empty texts where the
            message belongs to none.
        signed_at: the machine's time of the claim, for signatures.
        partner: ``partner(kind, place)`` gives an outside system's address and keys.
        headers: ``zeebe:taskHeaders`` of the element.
        keyed: as ``RecordContext.keyed``.
        channel: ``channel(name)`` gives the address of a way by which people are told, ``""`` for
            none.
    """

    key: str
    idempotency_key: str
    attempt: int
    matter: Matter
    signed_at: datetime
    partner: Callable[[str, str], Partner]
    headers: Mapping[str, str] = field(default_factory=dict)
    keyed: Callable[[str], bytes] = no_key
    channel: Callable[[str], str] = _no_channel


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice that a lookup offers for a form field.

    Attributes:
        value: what is stored.
        label: what is shown.
        hint: second line, e.g. publication date and budget.
        fills: ``{form path: value}`` set read-only in the form when this choice is taken.
    """

    value: str
    label: str
    hint: str = ""
    fills: Mapping[str, Any] = field(default_factory=dict)


Lookup = Callable[[RecordContext], Sequence[Option]]

registry: Final = HandlerRegistry()


def record_handler(name: str) -> Callable[[F], F]:
    """Declare a handler that runs inside the command's transaction.

    It is called as ``function(context: RecordContext, *, variable=…, …)`` and returns the
    variables to write, or ``None``. It refuses input with ``engine.errors.field_error`` (the
    person sees the error at the field, nothing is written) and raises ``BpmnError`` for a
    business outcome that the model catches.
    """

    def declare(function: F) -> F:
        registry.add(name, function, inside=True)
        return function

    return declare


def handler(
    name: str,
    *,
    partner: str = "",
    message_id: str = "",
    retry: RetrySchedule = PATIENT,
    hidden: Sequence[str] = (),
    title: Names = ("", ""),
) -> Callable[[F], F]:
    """Declare a handler that calls an outside system: ``function(job: Job, *, variable=…)``.

    Args:
        name: the ``zeebe:taskDefinition type``.
        partner: kind of the outside system; without it the model alone says how often to try.
        message_id: the variable that identifies the message, e.g. ``plan_number``.
        retry: when a failed call is made again, unless model or settings say otherwise.
        hidden: variables that nobody may see and that are erased when the call is over.
        title: what the message is called, Chinese and English.
    """
    contract = OutsideContract(
        partner=partner,
        message_id=message_id,
        retry=retry,
        hidden=frozenset(hidden),
        title=title,
    )

    def declare(function: F) -> F:
        registry.add(name, function, inside=False, contract=contract if partner else None)
        return function

    return declare


def inbound_handler(
    kind: str,
    message_type: str,
    *,
    accepts: type[Schema] | None = None,
    title: Names = ("", ""),
) -> Callable[[F], F]:
    """Declare who takes the messages of a type from outside systems of a kind.

    It is called as ``function(context: InboundContext, *, field=…, …)`` with the fields of the
    message's data and returns what the sender is told, or ``None``. A field without a default
    that is missing refuses the message, as ``engine.errors.field_error`` does; ``UnmatchedError``
    puts it aside for an administrator. In both cases nothing is written.

    Args:
        kind: e.g. ``trading_centre``.
        message_type: e.g. ``lots.published``.
        accepts: marshmallow schema that the data must pass; the handler gets what it loads.
        title: what the message is called, Chinese and English.
    """
    check = partial(load_data, accepts) if accepts else None

    def declare(function: F) -> F:
        registry.add_inbound(kind, message_type, function, accepts=check, title=title)
        return function

    return declare


def lookup(name: str) -> Callable[[F], F]:
    """Declare the choices of a form field: ``function(context: RecordContext) -> [Option]``."""

    def declare(function: F) -> F:
        registry.add_lookup(name, function)
        return function

    return declare
