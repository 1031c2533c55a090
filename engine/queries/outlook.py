"""What is still to come: the drawn way ahead, computed from structure only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.order import goes_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.bpmn import Element, ProcessModel

    Called = Callable[[str], ProcessModel | None]
    Way = tuple["ComingStep", ...]

#: Ways through a model that are looked at; a model with more shows its first ones.
_MAX_WAYS: Final = 256
_MAX_DEPTH: Final = 8


@dataclass(frozen=True)
class ComingStep:
    """A user task that lies ahead.

    Attributes:
        model: the definition it belongs to.
        element: the user task.
        conditional: it is not on every way ahead (如有).
    """

    model: ProcessModel
    element: Element
    conditional: bool = False

    @property
    def what(self) -> tuple[str, tuple[str, ...]]:
        """What people see: the same step drawn on two routes is one step to them."""
        groups = self.element.user_task.candidate_groups if self.element.user_task else ()
        return self.element.name, groups


def coming_steps(model: ProcessModel, element_id: str, called: Called) -> list[ComingStep]:
    """Return the user tasks after ``element_id``, nearest first, every approval given.

    Ways that end in an error are left out: they are refusals, not routes.

    Args:
        model: the definition of the current element.
        element_id: the current element; it is not part of the answer.
        called: gives the pinned model of a called process.
    """
    found = islice(_Walk(called).ways(model, element_id, (element_id,), 0), _MAX_WAYS)
    ways = [way for way in found if way is not None]
    names = [{step.what for step in way} for way in ways]
    return [
        ComingStep(step.model, step.element, not all(step.what in way for way in names))
        for step in _in_one_order(ways)
    ]


def _in_one_order(ways: list[Way]) -> list[ComingStep]:
    """Put each step once, and a step of one way only before what follows it on every way."""
    order: list[ComingStep] = []
    for way in ways:
        firsts: dict[tuple[str, tuple[str, ...]], ComingStep] = {}
        for step in way:
            firsts.setdefault(step.what, step)
        place = len(order)
        for step in reversed(firsts.values()):
            known = [step.what for step in order]
            if step.what in known:
                place = known.index(step.what)
            else:
                order.insert(place, step)
    return order


class _Walk:
    """Follows flows forwards; a way that ends in an error is ``None``."""

    def __init__(self, called: Called) -> None:
        self._called = called

    def ways(
        self, model: ProcessModel, element_id: str, seen: tuple[str, ...], depth: int
    ) -> Iterator[Way | None]:
        flows = [
            flow
            for flow in model.outgoing.get(element_id, ())
            if flow.target not in seen and not goes_back(model, element_id, flow)
        ]
        if not flows:
            failed = model.elements[element_id].event_type is EventType.ERROR
            yield None if failed else ()
            return
        for flow in flows:
            path = (*seen, flow.target)
            for head in self._inside(model, model.elements[flow.target], depth):
                if head is None:
                    yield None
                    continue
                for tail in self.ways(model, flow.target, path, depth):
                    yield None if tail is None else head + tail

    def _inside(self, model: ProcessModel, target: Element, depth: int) -> Iterator[Way | None]:
        """Give the ways through one element: its own task, or those of what it calls."""
        if target.kind is ElementKind.USER_TASK:
            yield (ComingStep(model, target),)
            return
        calls = target.kind is ElementKind.CALL_ACTIVITY and depth < _MAX_DEPTH
        inner = self._called(target.called_process) if calls else None
        if inner is None:
            yield ()
            return
        for element in inner.children.get(None, ()):
            if element.kind is ElementKind.START_EVENT:
                yield from self.ways(inner, element.id, (element.id,), depth + 1)
