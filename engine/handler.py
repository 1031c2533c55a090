"""The handler API: everything a service task, a form lookup or an outside call may use.

A **record handler** touches only our own database; it runs inside the command's transaction, so
its effect is exactly-once. An **outside handler** runs as a job with no transaction open, at least
once, with a stable idempotency key. A **lookup** offers the choices of a form field.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from engine.clock import OFFICE_ZONE
from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

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
    """

    matter: Matter
    session: Session
    decide: Callable[[str, Variables], Any]
    keyed: Callable[[str], bytes] = no_key


@dataclass(frozen=True, kw_only=True)
class Job:
    """What an outside handler gets.

    Attributes:
        key: the job's key.
        idempotency_key: the same for every try of this job; hand it to the outside system.
        attempt: 1 for the first try.
        matter: facts of the instance, ``now`` being the time of the claim.
        headers: ``zeebe:taskHeaders`` of the element.
        keyed: as ``RecordContext.keyed``.
    """

    key: str
    idempotency_key: str
    attempt: int
    matter: Matter
    headers: Mapping[str, str] = field(default_factory=dict)
    keyed: Callable[[str], bytes] = no_key


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


RecordHandler = Callable[..., Variables | None]
OutsideHandler = Callable[..., Variables | None]
Lookup = Callable[[RecordContext], Sequence[Option]]


@dataclass(frozen=True)
class Registered:
    """A handler with what its signature says.

    Attributes:
        name: the ``zeebe:taskDefinition type`` it serves.
        function: the handler itself.
        inside: ``True`` = record handler, runs in the command's transaction.
        reads: ``{variable: required}`` from its keyword-only parameters.
    """

    name: str
    function: Callable[..., Any]
    inside: bool
    reads: Mapping[str, bool]

    def arguments(self, variables: Variables) -> dict[str, Any]:
        """Pick the parameters from ``variables``; a missing one that has a default is left out."""
        return {name: variables.get(name) for name in self.reads if name in variables} | {
            name: None
            for name, required in self.reads.items()
            if required and name not in variables
        }


class HandlerRegistry:
    """All handlers and lookups of an installation, by name; a second one of a name is an error."""

    def __init__(self) -> None:
        self._handlers: Final[dict[str, Registered]] = {}
        self._lookups: Final[dict[str, Lookup]] = {}

    def add(self, name: str, function: Callable[..., Any], *, inside: bool) -> None:
        """Register ``function`` for service tasks of type ``name``.

        Raises:
            ConfigurationError: the name is taken by another function.
        """
        self._refuse_second(name, self._handlers.get(name), function)
        parameters = inspect.signature(function).parameters.values()
        reads = {
            parameter.name: parameter.default is inspect.Parameter.empty
            for parameter in parameters
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }
        self._handlers[name] = Registered(name, function, inside, reads)

    def add_lookup(self, name: str, function: Lookup) -> None:
        """Register ``function`` for form fields with ``lookup: name``.

        Raises:
            ConfigurationError: the name is taken by another function.
        """
        self._refuse_second(name, self._lookups.get(name), function)
        self._lookups[name] = function

    def handler(self, name: str) -> Registered | None:
        """Return the handler of ``name``, ``None`` when there is none."""
        return self._handlers.get(name)

    def lookup(self, name: str) -> Lookup | None:
        """Return the lookup of ``name``, ``None`` when there is none."""
        return self._lookups.get(name)

    def names(self) -> frozenset[str]:
        """Return the names of all handlers."""
        return frozenset(self._handlers)

    def lookup_names(self) -> frozenset[str]:
        """Return the names of all lookups."""
        return frozenset(self._lookups)

    @staticmethod
    def _refuse_second(name: str, existing: object, function: object) -> None:
        known = existing.function if isinstance(existing, Registered) else existing
        if known is not None and known is not function:
            raise ConfigurationError(
                f"处理程序“{name}”被定义了两次，请改名。",
                f"Handler {name!r} is defined twice; rename one.",
            )


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


def handler(name: str) -> Callable[[F], F]:
    """Declare a handler that calls an outside system: ``function(job: Job, *, variable=…)``."""

    def declare(function: F) -> F:
        registry.add(name, function, inside=False)
        return function

    return declare


def lookup(name: str) -> Callable[[F], F]:
    """Declare the choices of a form field: ``function(context: RecordContext) -> [Option]``."""

    def declare(function: F) -> F:
        registry.add_lookup(name, function)
        return function

    return declare
