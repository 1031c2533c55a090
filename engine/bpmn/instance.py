"""What is known about one instance: its state document, what it waits for, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn import codec
from engine.bpmn.waits import is_waiting, wait_of

if TYPE_CHECKING:
    from collections.abc import Container

    from engine.bpmn.machine import Machine, Outgoing, StepEvent, Thrown
    from engine.bpmn.model import ProcessModel
    from engine.bpmn.waits import Wait


class InstanceFacts:
    """The questions that an interpreter answers; its verbs are in ``Interpreter``."""

    def __init__(self, model: ProcessModel, machine: Machine) -> None:
        """Wrap a machine; use ``start`` or ``load``."""
        self.model = model
        self._machine = machine

    def dump(self) -> str:
        """Return the state document: compact JSON, only what still lives."""
        return codec.dump(self._machine)

    def waits(self) -> tuple[Wait, ...]:
        """Return everything that somebody outside can end, oldest scope first."""
        if self._machine.completed:
            return ()
        found = (wait_of(token) for token in self._machine.tasks.values())
        return tuple(wait for wait in found if wait is not None)

    def next_wait(self, known: Container[str]) -> Wait | None:
        """Return the first of ``waits`` whose token is not ``known``."""
        if self._machine.completed:
            return None
        tokens = (token for key, token in self._machine.tasks.items() if key not in known)
        return next((wait for token in tokens if (wait := wait_of(token)) is not None), None)

    def is_waiting(self, token_id: str) -> bool:
        """Tell whether ``waits`` has this token."""
        token = self._machine.tasks.get(token_id)
        return not self._machine.completed and token is not None and is_waiting(token)

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the instance (not those of inner scopes)."""
        return dict(self._machine.root.data)

    @property
    def is_completed(self) -> bool:
        """Whether nothing lives any more."""
        return bool(self._machine.completed)

    @property
    def end_events(self) -> tuple[str, ...]:
        """Ids of the process's own end events reached so far, each once, the latest last."""
        return tuple(self._machine.end_events)

    def take_events(self) -> tuple[StepEvent, ...]:
        """Return what happened since the last call, in order."""
        events = tuple(self._machine.events)
        self._machine.events.clear()
        return events

    def take_thrown(self) -> tuple[Thrown, ...]:
        """Return what nobody in this called instance caught; after an error it is over.

        Nothing moves until it has been taken and ``run`` is called again.
        """
        thrown = tuple(self._machine.thrown)
        self._machine.thrown.clear()
        return thrown

    def take_outbox(self) -> tuple[Outgoing, ...]:
        """Return messages and signals sent since the last call, in order.

        A signal has reached the listeners of this instance already.
        """
        sent = tuple(self._machine.outbox)
        self._machine.outbox.clear()
        return sent
