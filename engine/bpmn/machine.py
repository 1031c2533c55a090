"""Moves the tokens of one instance: a SpiffWorkflow workflow without prediction or tree walks."""

from __future__ import annotations

from collections import ChainMap, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from SpiffWorkflow.workflow import Workflow

from engine.bpmn.errors import EndlessLoopError
from engine.bpmn.token import READY, STARTED, Token, number_text
from engine.feel.office import set_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.bpmn.facts import EventType
    from engine.bpmn.nodes import Flow, Node
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.votes import RoundChange

#: Automatic steps of one run; a model that needs more turns in a circle.
MAX_STEPS: Final = 10_000


class StepKind(StrEnum):
    """What happened to an element."""

    ACTIVATED = "activated"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class StepEvent:
    """One thing that happened, for the history.

    Attributes:
        event: what.
        element_id: the element, or the sequence flow for ``taken``.
        token_id: the token; of the scope for ``taken``.
    """

    event: StepKind
    element_id: str
    token_id: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message or signal that the instance sends.

    Attributes:
        kind: ``message`` or ``signal``.
        name: its name.
        correlation_key: value of the key, ``""`` without.
        variables: what it carries.
        element_id: who sends it.
    """

    kind: str
    name: str
    correlation_key: str
    variables: Mapping[str, Any]
    element_id: str


@dataclass(frozen=True, slots=True)
class Thrown:
    """An error or escalation that nobody in a called instance catches; its callers may.

    Attributes:
        kind: ``ERROR`` or ``ESCALATION``.
        code: its code.
        element_id: the end or throw event.
    """

    kind: EventType
    code: str
    element_id: str


class Machine(Workflow):
    """The tokens of one instance and the queue of those that can move.

    Attributes:
        called: another instance has called this one and may catch what nobody here does.
        thrown: what has been thrown to the caller; nothing moves until it is taken.
        rounds: where rounds of votes stand in which something has happened, by key.
    """

    spec: ProcessSpec
    completed: bool
    tasks: dict[str, Token]

    def __init__(self, spec: ProcessSpec, now: datetime) -> None:
        """Make an instance without tokens; ``begin`` or the codec puts them in."""
        super().__init__(spec, deserializing=True)
        self.set_now(now)
        self.ready: deque[Token] = deque()
        self.events: list[StepEvent] = []
        self.outbox: list[Outgoing] = []
        self.end_events: list[str] = []
        self.called = False
        self.thrown: list[Thrown] = []
        self.rounds: dict[int, RoundChange] = {}
        self.last_number = 0
        self.root: Token

    def set_now(self, now: datetime) -> None:
        """Take the moment of the command; also for ``now()`` in expressions."""
        if now.tzinfo is None:
            message = "the interpreter needs a timezone-aware moment"
            raise ValueError(message)
        self.now = now
        set_now(now)

    def begin(self, variables: Mapping[str, Any], start_event: str | None) -> None:
        """Make the root scope and put a token on the start."""
        self.root = self.new_token(self.spec.root, None)
        self.root.data = dict(variables)
        self.spec.root.open(self.root, start_event)
        self.root._set_state(STARTED)

    # tokens

    def new_token(self, spec: Node, parent: Token | None) -> Token:
        """Return a new token with an id that was never used in this instance."""
        self.last_number += 1
        return Token(self, spec, parent, number_text(self.last_number))

    def take(self, flow: Flow, scope: Token) -> None:
        """Move over a sequence flow."""
        self.events.append(StepEvent(StepKind.TAKEN, flow.id, scope.id))
        flow.target.arrive(scope, flow)

    def note(self, kind: StepKind, token: Token) -> None:
        """Remember what happened to an element."""
        self.events.append(StepEvent(kind, token.task_spec.element.id, token.id))

    def reached_end(self, element_id: str) -> None:
        """Remember an end event of the process, once: a reminder may end there every day."""
        if element_id in self.end_events:
            self.end_events.remove(element_id)
        self.end_events.append(element_id)

    def end(self) -> None:
        """End everything; the instance is over without an end event."""
        if not self.completed:
            self.cancel_token(self.root)
            self.ready.clear()
        self.completed = True

    def cancel_token(self, token: Token) -> None:
        """End a token and everything in it."""
        for child in token.children:
            self.cancel_token(child)
        token.cancel()
        if token.id in self.tasks and token is not self.root:
            self._remove_task(token.id)

    def _task_completed_notify(self, token: Token) -> None:
        """Take a finished token out of the tree at once; that is all the pruning there is."""
        if token is self.root:
            self.completed = True
            return
        if token.id not in self.tasks:
            return  # its completion ended the scope around it
        scope = token.parent
        self._remove_task(token.id)
        scope.task_spec.child_ended(scope, token)

    # running

    def run_ready(self) -> None:
        """Run until nothing moves.

        Raises:
            EndlessLoopError: more than ``MAX_STEPS`` automatic steps.
            ElementError: execution cannot go on at an element.
        """
        steps = 0
        while not self.thrown and (self._run_queue_item() or self.spec.settle(self)):
            steps += 1
            if steps > MAX_STEPS:
                place = self.ready[0] if self.ready else self.root
                raise EndlessLoopError(place.task_spec.element.id, MAX_STEPS)

    def _run_queue_item(self) -> bool:
        while self.ready:
            token = self.ready.popleft()
            if token._state == READY:
                token.run()
                return True
        return False

    def broadcast(self, name: str, variables: Mapping[str, Any]) -> None:
        """Give a signal to everything in this instance that listens for it now."""
        for token in list(self.tasks.values()):
            if token.is_live and token.internal_data.get("name") == name:
                token.task_spec.hear_signal(token, variables)

    # variables

    def visible(self, token: Token) -> Mapping[str, Any]:
        """Return the variables that a token sees, innermost scope first; read only."""
        frames = []
        scope: Token | None = token
        while scope is not None:
            if scope.data:
                frames.append(scope.data)
            scope = scope.parent
        return frames[0] if len(frames) == 1 else ChainMap(*frames)

    def assign(self, token: Token, name: str, value: Any) -> None:
        """Set a variable in the innermost scope that has it, else on the instance.

        ``a.b`` sets the entry ``b`` of the context ``a``; values are replaced, never changed.
        """
        if "." in name:
            name, _, path = name.partition(".")
            value = _within(self.visible(token).get(name), path, value)
        scope = token
        while scope is not self.root and name not in scope.data:
            scope = scope.parent
        scope.data[name] = value

    def assign_data_object(self, token: Token, name: str, value: Any) -> None:
        """Set a data object in the scope in which it is drawn."""
        wanted = self.spec.model.data_objects[name]
        scope = token
        while scope is not self.root and scope.task_spec.element.id != wanted:
            scope = scope.parent
        scope.data[name] = value


def _within(context: Any, path: str, value: Any) -> dict[str, Any]:
    """Return a copy of ``context`` with the entry at ``path`` replaced."""
    name, _, rest = path.partition(".")
    copy = dict(context) if isinstance(context, dict) else {}
    copy[name] = _within(copy.get(name), rest, value) if rest else value
    return copy
