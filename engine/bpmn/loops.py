"""Loops: multi-instance over a collection or number, and standard loops."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import Activity
from engine.bpmn.errors import ExpressionError
from engine.bpmn.expressions import FeelText
from engine.bpmn.facts import LoopFacts
from engine.bpmn.records import remember
from engine.bpmn.token import COMPLETED

if TYPE_CHECKING:
    from engine.bpmn.model import Element
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.token import Token

#: Most instances of one multi-instance activity.
MAX_INSTANCES: Final = 10_000
#: Keys of the body's internal data: items, started, and results by position.
ITEMS: Final = "c"
STARTED_COUNT: Final = "k"
RESULTS: Final = "o"
COUNTER: Final = "loopCounter"


def _optional(text: str, element_id: str) -> FeelText | None:
    return FeelText(text, element_id) if text else None


class Loop(Activity):
    """What several loops share: an inner spec of which the tokens inside are."""

    inner: Activity

    def __init__(self, spec: ProcessSpec, element: Element, name: str = "") -> None:
        """Compile the expressions of the loop."""
        super().__init__(spec, element, name)
        self.facts = element.loop or LoopFacts()
        self.condition = _optional(self.facts.condition, element.id)

    def start_instance(self, token: Token, values: dict[str, Any]) -> None:
        """Put one inner token into the body with its local variables."""
        child = self.inner.enter(token)
        child.data.update(values)

    def remember_compensation(self, token: Token) -> None:
        """Note that every completed instance can be undone."""
        handler = self.undone_by
        remember(token, handler, self.completed(token) if handler else 1)

    def completed(self, token: Token) -> int:
        """Return how many instances were completed."""
        return int(token.internal_data.get(STARTED_COUNT, 0))

    def is_over(self, seen: Any) -> bool:
        """Tell whether the condition of the loop is true."""
        return self.condition is not None and self.condition.is_true(seen)


class StandardLoop(Loop):
    """Repeats while its condition is true."""

    def perform(self, token: Token) -> bool | None:
        """Begin, unless the condition is tested before and false."""
        if self.facts.test_before and not self._again(token, 0):
            return True
        self._start(token, 1)
        return None

    def _start(self, token: Token, number: int) -> None:
        token.internal_data[STARTED_COUNT] = number
        self.start_instance(token, {COUNTER: number})

    def _again(self, token: Token, done: int) -> bool:
        if self.facts.maximum and done >= self.facts.maximum:
            return False
        if self.condition is None:
            return bool(self.facts.maximum)
        return self.condition.is_true({**token.workflow.visible(token), COUNTER: done})

    def child_ended(self, scope: Token, child: Token) -> None:
        """Go round again or end."""
        if child.task_spec is not self.inner or child._state != COMPLETED:
            return
        done = scope.internal_data[STARTED_COUNT]
        if self._again(scope, done):
            self._start(scope, done + 1)
        else:
            scope.complete()


class MultiInstance(Loop):
    """Runs once per item, one after the other or all at once; results stay in order."""

    def __init__(self, spec: ProcessSpec, element: Element, name: str = "") -> None:
        """Compile the expressions of the loop."""
        super().__init__(spec, element, name)
        facts = self.facts
        self.collection = _optional(facts.collection, element.id)
        self.cardinality = _optional(facts.cardinality, element.id)
        self.output_element = _optional(facts.output_element, element.id)

    def perform(self, token: Token) -> bool | None:
        """Begin with the first instance or all of them."""
        items, number = self._items(token)
        remembered = token.internal_data
        remembered[STARTED_COUNT] = 0
        remembered[RESULTS] = [None] * number
        if items is not None and self.facts.sequential:
            remembered[ITEMS] = items
        token.data.update(nrOfInstances=number, nrOfActiveInstances=0, nrOfCompletedInstances=0)
        if number == 0:
            self._deliver(token)
            return True
        for _ in range(1 if self.facts.sequential else number):
            self._start_next(token, items)
        return None

    def _items(self, token: Token) -> tuple[list[Any] | None, int]:
        seen = token.workflow.visible(token)
        if self.collection is not None:
            items = self.collection.value(seen)
            if isinstance(items, (list, tuple)) and len(items) <= MAX_INSTANCES:
                return list(items), len(items)
            raise self._refused("集合", "collection", items)
        number = self.cardinality.value(seen) if self.cardinality else None
        if number is None or isinstance(number, (str, bool, list, dict)) or number != int(number):
            raise self._refused("次数", "cardinality", number)
        if not 0 <= number <= MAX_INSTANCES:
            raise self._refused("次数", "cardinality", number)
        return None, int(number)

    def _refused(self, zh: str, en: str, value: Any) -> ExpressionError:
        shown = str(value)[:40]
        return ExpressionError(
            self.element.id,
            f"多实例“{self.element.name or self.element.id}”的{zh}得到“{shown}”，"
            f"应为列表或 0 到 {MAX_INSTANCES} 的整数。",
            f"The {en} of the multi-instance {self.element.id} is {shown!r}; it must be a list"
            f" or an integer from 0 to {MAX_INSTANCES}.",
        )

    def _start_next(self, token: Token, items: list[Any] | None) -> None:
        index = token.internal_data[STARTED_COUNT]
        token.internal_data[STARTED_COUNT] = index + 1
        token.data["nrOfActiveInstances"] += 1
        values: dict[str, Any] = {COUNTER: index + 1}
        if items is not None and self.facts.element:
            values[self.facts.element] = items[index]
        self.start_instance(token, values)

    def child_ended(self, scope: Token, child: Token) -> None:
        """Keep the result; go on, or end when all are done or the condition is true."""
        if child.task_spec is not self.inner or child._state != COMPLETED:
            return
        remembered, counters = scope.internal_data, scope.data
        seen = ChainMap(dict(child.result), child.data, dict(scope.workflow.visible(scope)))
        if self.output_element is not None:
            results = list(remembered[RESULTS])
            results[child.data[COUNTER] - 1] = self.output_element.value(seen)
            remembered[RESULTS] = results
        counters["nrOfActiveInstances"] -= 1
        counters["nrOfCompletedInstances"] += 1
        if self.is_over(ChainMap(counters, seen)) or self._is_last(scope):
            self._deliver(scope)
            scope.complete()
        elif self.facts.sequential:
            self._start_next(scope, remembered.get(ITEMS))

    def completed(self, token: Token) -> int:
        """Return how many instances were completed."""
        return int(token.data["nrOfCompletedInstances"])

    def _is_last(self, scope: Token) -> bool:
        return bool(scope.data["nrOfCompletedInstances"] == scope.data["nrOfInstances"])

    def _deliver(self, token: Token) -> None:
        if self.facts.output_collection:
            results = token.internal_data[RESULTS]
            token.workflow.assign(token.parent, self.facts.output_collection, results)
