"""The interpreter of one process instance: pure, deterministic, without I/O or a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from engine.bpmn import codec, moving
from engine.bpmn.catching import throw
from engine.bpmn.compiler import compiled
from engine.bpmn.errors import TokenGoneError
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.listening import Listener
from engine.bpmn.machine import Machine
from engine.bpmn.migration import migrated
from engine.bpmn.polling import Polling
from engine.bpmn.token import STARTED, WAITING
from engine.bpmn.waits import is_waiting
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import ProcessModel
    from engine.bpmn.token import Token
    from engine.errors import JsonValue

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Interpreter(Polling):
    """Moves the tokens of one instance; everything that waits is reported, never done here."""

    @classmethod
    def start(
        cls,
        model: ProcessModel,
        variables: Mapping[str, JsonValue],
        *,
        now: datetime,
        start_event: str | None = None,
        called: bool = False,
    ) -> Interpreter:
        """Start an instance and run it to its first waits.

        Args:
            model: what to run.
            variables: routing facts, kept on the instance.
            now: the present moment, timezone-aware.
            start_event: id of the start event, ``None`` for the plain ones.
            called: a caller may catch what nobody here catches (``take_thrown``).

        Raises:
            NotFoundError: there is no such start event on the top level.
            ElementError: execution cannot go on at an element.
        """
        chosen = model.elements.get(start_event or "")
        if start_event and (
            chosen is None or chosen.parent or chosen.kind is not ElementKind.START_EVENT
        ):
            raise NotFoundError("开始事件", "start event", start_event)
        machine = Machine(compiled(model), now)
        machine.called = called
        machine.begin(variables, start_event)
        interpreter = cls(model, machine)
        interpreter.run(now)
        return interpreter

    @classmethod
    def begin_at(
        cls,
        model: ProcessModel,
        element_id: str,
        variables: Mapping[str, JsonValue],
        *,
        now: datetime,
    ) -> Interpreter:
        """Begin a called instance in its middle and run it to its first waits.

        The parallel branches beside the element count as arrived.

        Raises:
            JumpRefusedError: the element cannot be entered.
            ElementError: execution cannot go on at an element.
        """
        machine = Machine(compiled(model), now)
        machine.called = True
        machine.root = machine.new_token(machine.spec.root, None)
        machine.root.data = dict(variables)
        moving.begin_at(machine, element_id)
        machine.root._set_state(STARTED)
        interpreter = cls(model, machine)
        interpreter.run(now)
        return interpreter

    @staticmethod
    def can_begin_at(model: ProcessModel, element_id: str) -> bool:
        """Tell whether an instance can begin at an element."""
        return moving.can_begin_at(model, element_id)

    @classmethod
    def load(cls, model: ProcessModel, state: str, *, called: bool = False) -> Interpreter:
        """Continue an instance from its state document.

        Args:
            model: what it runs.
            state: its state document.
            called: a caller may catch what nobody here catches (``take_thrown``).

        Raises:
            StateCodecError: the document is not one of ours, of an unknown version, or names an
                element that the model lacks.
        """
        spec = compiled(model)
        machine = Machine(spec, _LONG_AGO)
        machine.called = called
        codec.load(spec, state, machine)
        return cls(model, machine)

    @classmethod
    def migrate(
        cls,
        state: str,
        models: tuple[ProcessModel, ProcessModel],
        *,
        now: datetime,
        mapping: Mapping[str, str] | None = None,
    ) -> Interpreter:
        """Continue an instance on another definition.

        Args:
            state: its state document.
            models: the definition that made it, and the one to go on with.
            now: the present moment, timezone-aware.
            mapping: new element id by old element id, where they differ.

        Raises:
            StateCodecError: the document cannot be read.
            MigrationRefusedError: an active element has no counterpart, or it is finished.
        """
        old, new = models
        return cls(new, migrated(state, old, new, mapping or {}, now))

    def complete(self, token_id: str, variables: Mapping[str, JsonValue], *, now: datetime) -> None:
        """End a wait with its result, map outputs, and run on.

        Raises:
            WrongStateError: the token is finished, cancelled or unknown.
            ElementError: execution cannot go on at an element; discard the interpreter.
        """
        token = self._waiting(token_id)
        self._machine.set_now(now)
        if isinstance(token.task_spec, Listener):
            token.task_spec.fire(token, variables)
        else:
            token.result = variables
            token.complete()
        self.run(now)

    def fire_timer(self, token_id: str, *, now: datetime) -> None:
        """Let a due timer happen; raises like ``complete``."""
        self.complete(token_id, {}, now=now)

    def throw_error(
        self, token_id: str, code: str, variables: Mapping[str, JsonValue], *, now: datetime
    ) -> bool:
        """Throw a BPMN error at a waiting activity and run on.

        Returns:
            ``False`` when nobody catches it; nothing has changed then.

        Raises:
            WrongStateError: the token is finished, cancelled or unknown.
        """
        return self._throw(token_id, EventType.ERROR, code, variables, now)

    def escalate(
        self, token_id: str, code: str, variables: Mapping[str, JsonValue], *, now: datetime
    ) -> bool:
        """Throw an escalation at a waiting activity and run on.

        Returns:
            ``False`` when nobody catches it; nothing has changed then.

        Raises:
            WrongStateError: the token is finished, cancelled or unknown.
        """
        return self._throw(token_id, EventType.ESCALATION, code, variables, now)

    def _throw(
        self,
        token_id: str,
        kind: EventType,
        code: str,
        variables: Mapping[str, JsonValue],
        now: datetime,
    ) -> bool:
        token = self._waiting(token_id)
        if token.task_spec.is_subscription:
            raise TokenGoneError(token_id)
        self._machine.set_now(now)
        if not throw(token, kind, code, variables):
            return False
        self.run(now)
        return True

    def _waiting(self, token_id: str) -> Token:
        token = self._machine.tasks.get(token_id)
        if token is None or token._state not in (STARTED, WAITING) or not is_waiting(token):
            raise TokenGoneError(token_id)
        return token

    def cancel_all(self) -> None:
        """Cancel everything; the instance is over without an end event."""
        self._machine.end()

    def set_variables(self, variables: Mapping[str, JsonValue], *, now: datetime) -> None:
        """Change variables of the instance and run on: a condition may have become true.

        Raises:
            ElementError: execution cannot go on at an element; discard the interpreter.
        """
        self._machine.root.data.update(variables)
        self.run(now)
