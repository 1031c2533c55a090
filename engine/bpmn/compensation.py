"""Undoing: compensation handlers run in reverse order of what was completed; transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.events import ThrowEvent
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.gateways import forget_arrivals
from engine.bpmn.records import RECORDS, take
from engine.bpmn.token import COMPLETED

if TYPE_CHECKING:
    from engine.bpmn.token import Token

#: Key in a throwing token's internal data: ``[[handler, local data, inner], …]`` to be run.
TO_UNDO: Final = "u"


class CompensationThrow(ThrowEvent):
    """Undoes what was completed in its scope, one handler after the other, and waits for it."""

    def perform(self, token: Token) -> bool | None:
        """Begin with the activity completed last."""
        token.internal_data[TO_UNDO] = self.collect(token)
        return None if self._undo_next(token) else True

    def collect(self, token: Token) -> list[list[Any]]:
        """Take the records out of the scope (of an event sub-process: also the one around it)."""
        wanted = self.element.event.activity if self.element.event else ""
        scope = token.parent
        found = take(scope, wanted)
        if getattr(scope.task_spec, "is_event_sub_process", False):
            found += take(scope.parent, wanted)
        return found

    def _undo_next(self, token: Token) -> bool:
        pending = token.internal_data[TO_UNDO]
        if not pending:
            return False
        handler, data, inner = pending[0]
        token.internal_data[TO_UNDO] = pending[1:]
        child = token.workflow.spec.task_specs[handler].enter(token)
        child.data.update(data)
        if inner and getattr(child.task_spec, "is_event_sub_process", False):
            child.internal_data[RECORDS] = inner
        return True

    def child_ended(self, scope: Token, child: Token) -> None:
        """Go on with the next handler, or with the flow."""
        if child._state == COMPLETED and not self._undo_next(scope):
            scope.complete()


class CancelEnd(CompensationThrow):
    """Cancels its transaction: ends it, undoes it, and leaves by the cancel boundary event."""

    def collect(self, token: Token) -> list[list[Any]]:
        """End everything else in the transaction and take its records."""
        transaction = _transaction(token)
        around = _ancestors(token)
        for child in transaction.children:
            if child.id not in around:
                token.workflow.cancel_token(child)
        forget_arrivals(transaction)
        return take(transaction, "")

    def _on_complete_hook(self, token: Token) -> None:
        super()._on_complete_hook(token)
        transaction = _transaction(token)
        for boundary in transaction.task_spec.boundaries:
            if boundary.element.event_type is EventType.CANCEL:
                boundary.trigger(transaction, {})
                return


def _ancestors(token: Token) -> set[str]:
    found: set[str] = set()
    place: Token | None = token
    while place is not None:
        found.add(place.id)
        place = place.parent
    return found


def _transaction(token: Token) -> Token:
    """Return the innermost transaction around an end event; a rule makes sure there is one."""
    place: Token = token.parent
    while place.task_spec.element.kind is not ElementKind.TRANSACTION:
        place = place.parent
    return place
