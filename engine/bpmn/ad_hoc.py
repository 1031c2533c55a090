"""Ad-hoc sub-processes: a set of activities without an order of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.errors import ExpressionError
from engine.bpmn.expressions import FeelText
from engine.bpmn.facts import AdHocFacts
from engine.bpmn.gateways import arrivals
from engine.bpmn.scopes import SubProcess
from engine.bpmn.token import STARTED

if TYPE_CHECKING:
    from engine.bpmn.token import Token

#: Key in the scope's internal data: ids of the elements still to be started, one at a time.
QUEUE: Final = "q"


class AdHocSubProcess(SubProcess):
    """Starts its activities together or one after the other, until its condition is true.

    With a condition that is still false when nothing runs any more, all start again.
    """

    def __init__(self, *arguments: Any) -> None:
        """Compile the expressions."""
        super().__init__(*arguments)
        self.facts = self.element.ad_hoc or AdHocFacts()
        key = self.element.id
        active, condition = self.facts.active_elements, self.facts.condition
        self.active = FeelText(active, key) if active else None
        self.condition = FeelText(condition, key) if condition else None

    def open(self, token: Token, start: str | None = None) -> None:
        """Listen to the event sub-processes and start the first activities."""
        for handler in self.handlers:
            handler.subscribe(token)
        self._start_all(token)

    def perform(self, token: Token) -> bool | None:
        """Begin; done at once when there is nothing to do."""
        self.open(token)
        return None if self._is_busy(token) else True

    def _start_all(self, token: Token) -> None:
        names = self._chosen(token)
        if self.facts.sequential:
            token.internal_data[QUEUE] = names
            self._start_next(token)
            return
        for name in names:
            token.workflow.spec.task_specs[name].arrive(token, None)

    def _start_next(self, token: Token) -> bool:
        names = token.internal_data.get(QUEUE)
        if not names:
            return False
        token.internal_data[QUEUE] = names[1:]
        token.workflow.spec.task_specs[names[0]].arrive(token, None)
        return True

    def _chosen(self, token: Token) -> list[str]:
        """Return the ids of the activities to start.

        Raises:
            ExpressionError: the collection is no list of ids of activities in here.
        """
        known = [node.name for node in self.starts]
        if self.active is None:
            return known
        names = self.active.value(token.workflow.visible(token))
        if isinstance(names, (list, tuple)) and all(name in known for name in names):
            return list(names)
        raise ExpressionError(
            self.element.id,
            f"即席子流程“{self.element.id}”要启动的环节“{names}”不是其中没有流入连线的活动的列表。",
            f"The active elements {names!r} of {self.element.id} are no list of activities"
            " without incoming flow inside it.",
        )

    def child_ended(self, scope: Token, child: Token) -> None:
        """Look at the condition after every activity."""
        if scope._state != STARTED or child.task_spec.is_subscription:
            return
        is_true = self.condition is not None and self.condition.is_true(
            scope.workflow.visible(scope)
        )
        busy = self._is_busy(scope)
        if is_true and (self.facts.cancel_remaining or not busy):
            scope.complete()
        elif not busy and not (not is_true and self._start_next(scope)):
            self._run_dry(scope)

    def _run_dry(self, scope: Token) -> None:
        if self.condition is not None:
            self._start_all(scope)
        if not self._is_busy(scope):
            scope.complete()

    def _is_busy(self, scope: Token) -> bool:
        inside = (child.task_spec for child in scope.children)
        return any(not spec.is_subscription for spec in inside) or bool(arrivals(scope))
