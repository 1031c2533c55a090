"""Events: start, end, intermediate, boundary, and the starts of event sub-processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import Activity
from engine.bpmn.catching import throw
from engine.bpmn.errors import UncaughtError
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.gateways import forget_arrivals
from engine.bpmn.listening import LISTENED, EventSource, Listener
from engine.bpmn.machine import Outgoing, StepEvent, StepKind, Thrown
from engine.bpmn.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import Element
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.token import Token


#: Key in a token's internal data: an event gateway has heard the event already.
HEARD: Final = "heard"


class StartEvent(Activity):
    """A start: whatever set it off has happened already."""


class CatchEvent(Activity):
    """An intermediate catch event or receive task: waits for its event."""

    interrupts = True

    def __init__(self, spec: ProcessSpec, element: Element, name: str = "") -> None:
        """Compile the event definition."""
        super().__init__(spec, element, name)
        self.source = EventSource(element)
        self.listener = Listener(spec, element, self) if not name else None

    def perform(self, token: Token) -> bool | None:
        """Wait, unless an event gateway has heard the event already."""
        if token.internal_data.pop(HEARD, False):
            return True
        self.source.arm(token)
        return None

    def hear_signal(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Go on when it waits for a signal."""
        if self.source.type is EventType.SIGNAL:
            token.result = variables
            token.complete()

    def listen(self, gateway: Token) -> None:
        """Listen on behalf of an event gateway."""
        if self.listener is not None:
            self.listener.subscribe(gateway)

    def trigger(self, gateway: Token, variables: Mapping[str, Any]) -> None:
        """Win for the event gateway: end it and its other listeners, and go on here."""
        machine, scope = gateway.workflow, gateway.parent
        taken = next(flow for flow in gateway.task_spec.outgoing if flow.target is self)
        for child in gateway.children:
            machine.cancel_token(child)
        machine.note(StepKind.COMPLETED, gateway)
        machine._remove_task(gateway.id)
        machine.events.append(StepEvent(StepKind.TAKEN, taken.id, scope.id))
        token = self.enter(scope)
        token.internal_data[HEARD] = True
        token.result = variables


class Catcher(Node):
    """A boundary event or the start of an event sub-process: listens at a host."""

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        """Compile the event definition."""
        super().__init__(spec, element)
        self.source = EventSource(element)
        self.interrupts = element.event.interrupting if element.event else True
        self.writes: tuple[tuple[str, Any], ...] = ()
        self.listener = Listener(spec, element, self) if element.event_type in LISTENED else None

    def subscribe(self, host: Token) -> None:
        """Listen at ``host`` when the event is one that comes from outside."""
        if self.listener is not None:
            self.listener.subscribe(host)

    def write(self, scope: Token, variables: Mapping[str, Any]) -> None:
        """Write what the event carries."""
        machine = scope.workflow
        if self.writes:
            seen = {**machine.visible(scope), **variables}
            for name, source in self.writes:
                machine.assign(scope, name, source.value(seen))
            return
        for name, value in variables.items():
            machine.assign(scope, name, value)


class BoundaryEvent(Catcher):
    """An event at the border of an activity."""

    def trigger(self, host: Token, variables: Mapping[str, Any]) -> None:
        """Happen: end the host when interrupting, and go on from here."""
        scope = host.parent
        self.write(scope, variables)
        if self.interrupts:
            host.workflow.cancel_token(host)
        self.enter(scope)


class EventSubProcessStart(Catcher):
    """The start event of an event sub-process.

    Attributes:
        sub_process: the event sub-process, set by the compiler.
    """

    sub_process: Any

    def trigger(self, scope: Token, variables: Mapping[str, Any]) -> None:
        """Happen: end everything else in the scope when interrupting, and run."""
        self.write(scope, variables)
        if self.interrupts:
            empty(scope)
        self.sub_process.enter(scope)


def empty(scope: Token) -> None:
    """Cancel everything inside ``scope`` but the listeners of its boundary events."""
    machine = scope.workflow
    kept = {boundary.listener for boundary in scope.task_spec.boundaries if boundary.listener}
    for child in scope.children:
        if child.task_spec not in kept:
            machine.cancel_token(child)
    forget_arrivals(scope)


class ThrowEvent(Activity):
    """An intermediate throw event or end event without an effect of its own."""

    def leave(self, token: Token) -> None:
        """Remember end events of the process itself."""
        machine = token.workflow
        if self.element.kind is ElementKind.END_EVENT and token.parent is machine.root:
            machine.reached_end(self.element.id)
        super().leave(token)


class ErrorEnd(ThrowEvent):
    """Throws an error."""

    def perform(self, token: Token) -> None:
        """Throw.

        Raises:
            UncaughtError: nobody catches it.
        """
        code = self.element.event.code if self.element.event else ""
        if throw(token, EventType.ERROR, code, {}):
            return
        machine = token.workflow
        if not machine.called:
            raise UncaughtError(self.element.id, code)
        machine.thrown.append(Thrown(EventType.ERROR, code, self.element.id))
        machine.end()


class EscalationThrow(ThrowEvent):
    """Throws an escalation; goes on when nobody interrupts."""

    def perform(self, token: Token) -> bool | None:
        """Throw."""
        code = self.element.event.code if self.element.event else ""
        machine = token.workflow
        if not throw(token, EventType.ESCALATION, code, {}) and machine.called:
            machine.thrown.append(Thrown(EventType.ESCALATION, code, self.element.id))
        return True if token.is_live else None


class TerminateEnd(ThrowEvent):
    """Ends everything else in its scope."""

    def perform(self, token: Token) -> bool:
        """Cancel the other tokens."""
        machine, scope = token.workflow, token.parent
        for child in scope.children:
            if child is not token and not _belongs_to_host(child, scope):
                machine.cancel_token(child)
        forget_arrivals(scope)
        return True


def _belongs_to_host(child: Token, scope: Token) -> bool:
    spec = child.task_spec
    return isinstance(spec, Listener) and spec.owner in scope.task_spec.boundaries


class SendEvent(ThrowEvent):
    """A message or signal throw event: a job when it has a handler, else put into the outbox."""

    def __init__(self, spec: ProcessSpec, element: Element, name: str = "") -> None:
        """Compile the event definition."""
        super().__init__(spec, element, name)
        self.source = EventSource(element)
        self.waits = bool(element.job_type)

    def perform(self, token: Token) -> bool | None:
        """Send, or wait for the job."""
        if self.waits:
            return None
        machine = token.workflow
        variables = dict(token.data) if self.reads else dict(machine.visible(token))
        name = str(self.source.name.value(machine.visible(token)) or "")
        key = str(self.source.key.value(machine.visible(token)) or "")
        kind = self.source.type.value
        machine.outbox.append(Outgoing(kind, name, key, variables, self.element.id))
        if self.source.type is EventType.SIGNAL:
            machine.broadcast(name, variables)
        return True if token.is_live else None
