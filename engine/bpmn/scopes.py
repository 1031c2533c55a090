"""Scopes: the process and its sub-processes, which end when nothing moves in them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import Activity
from engine.bpmn.facts import EventType
from engine.bpmn.gateways import arrivals
from engine.bpmn.token import STARTED

if TYPE_CHECKING:
    from engine.bpmn.nodes import Node
    from engine.bpmn.token import Token

#: Name of the root scope's spec; no BPMN id contains this sign.
ROOT: Final = "#process"
#: Key in the internal data of a sub-process that a jump enters: where it begins.
WAY_IN: Final = "w"


class Scope(Activity):
    """Something with tokens inside.

    Attributes:
        starts: where a token begins: none start events, else elements without incoming flow.
        handlers: start events of the event sub-processes in it.
    """

    def __init__(self, *arguments: Any) -> None:
        """Start empty; the compiler fills it in."""
        super().__init__(*arguments)
        self.starts: tuple[Node, ...] = ()
        self.handlers: tuple[Any, ...] = ()

    @property
    def undone_by(self) -> str:
        """Id of the activity or event sub-process that undoes this one, ``""`` without."""
        inside = (
            handler.element.parent
            for handler in self.handlers
            if handler.element.event_type is EventType.COMPENSATION
        )
        return super().undone_by or next(inside, "")

    def open(self, token: Token, start: str | None = None) -> None:
        """Begin: listen to the event sub-processes and put tokens on the starts."""
        for handler in self.handlers:
            handler.subscribe(token)
        starts = self.starts if start is None else (token.workflow.spec.task_specs[start],)
        for node in starts:
            node.arrive(token, None)

    def perform(self, token: Token) -> bool | None:
        """Begin (in the middle after a jump) and wait for the tokens inside."""
        way_in = token.internal_data.pop(WAY_IN, None)
        if way_in is None:
            self.open(token)
            return None
        for handler in self.handlers:
            handler.subscribe(token)
        token.workflow.spec.task_specs[way_in].enter(token)
        return None

    def child_ended(self, scope: Token, child: Token) -> None:
        """End the scope when nothing is left in it."""
        if scope._state == STARTED and not child.task_spec.is_subscription:
            self.end_if_empty(scope)

    def end_if_empty(self, scope: Token) -> None:
        """Complete the scope unless something inside lives or waits at a join."""
        tasks = scope.workflow.tasks
        if any(not tasks[key].task_spec.is_subscription for key in scope._children):
            return
        if not arrivals(scope):
            scope.complete()


class SubProcess(Scope):
    """An embedded sub-process."""


class RootScope(Scope):
    """The whole process."""

    def _on_complete_hook(self, token: Token) -> None:
        for child in token.children:
            token.workflow.cancel_token(child)

    def _on_cancel(self, _token: Token) -> None:
        """Leave no step: the instance is no element."""


class EventSubProcess(Scope):
    """A sub-process that an event sets off; its start event stands for the event."""

    is_event_sub_process = True
