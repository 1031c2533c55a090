"""What is still to come: the drawn way ahead, computed from structure only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import GATEWAYS, ElementKind
from engine.commands.submission import is_return

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.bpmn import Element, ProcessModel

#: Ways through a model that are looked at; a model with more shows its first ones.
_MAX_WAYS: Final = 64
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
    conditional: bool


_Way = tuple[tuple["ProcessModel", "Element"], ...]


def coming_steps(
    model: ProcessModel, element_id: str, called: Callable[[str], ProcessModel | None]
) -> list[ComingStep]:
    """Return the user tasks after ``element_id``, nearest first, every approval given.

    Args:
        model: the definition of the current element.
        element_id: the current element; it is not part of the answer.
        called: gives the pinned model of a called process.
    """
    ways = list(_bounded(_ways_from(model, element_id, called, (), 0)))
    order: dict[tuple[str, str], tuple[ProcessModel, Element]] = {}
    for way in sorted(ways, key=len, reverse=True):
        for step_model, element in way:
            order.setdefault((step_model.process_id, element.id), (step_model, element))
    sets = [{(m.process_id, e.id) for m, e in way} for way in ways]
    return [
        ComingStep(step_model, element, not all(key in members for members in sets))
        for key, (step_model, element) in order.items()
    ]


def _bounded(ways: Iterator[_Way]) -> Iterator[_Way]:
    for number, way in enumerate(ways):
        if number >= _MAX_WAYS:
            return
        yield way


def _ways_from(
    model: ProcessModel,
    element_id: str,
    called: Callable[[str], ProcessModel | None],
    seen: tuple[str, ...],
    depth: int,
) -> Iterator[_Way]:
    flows = [flow for flow in model.outgoing.get(element_id, ()) if flow.target not in seen]
    flows = [flow for flow in flows if not _goes_back(model, element_id, flow.id)]
    if not flows:
        yield ()
        return
    for flow in flows:
        target = model.elements[flow.target]
        path = (*seen, target.id)
        for head in _inside(model, target, called, depth):
            for tail in _ways_from(model, target.id, called, path, depth):
                yield head + tail


def _inside(
    model: ProcessModel,
    target: Element,
    called: Callable[[str], ProcessModel | None],
    depth: int,
) -> Iterator[_Way]:
    """Give the ways through one element: its own task, or those of what it calls."""
    if target.kind is ElementKind.USER_TASK:
        yield ((model, target),)
        return
    inner = called(target.called_process) if target.kind is ElementKind.CALL_ACTIVITY else None
    if inner is None or depth >= _MAX_DEPTH:
        yield ()
        return
    for element in inner.children.get(None, ()):
        if element.kind is ElementKind.START_EVENT:
            yield from _ways_from(inner, element.id, called, (element.id,), depth + 1)


def _goes_back(model: ProcessModel, gateway_id: str, flow_id: str) -> bool:
    """Tell whether a flow is drawn for a return of the user task before the gateway."""
    if model.elements[gateway_id].kind not in GATEWAYS:
        return False
    for incoming in model.incoming.get(gateway_id, ()):
        task = model.elements[incoming.source]
        if task.kind is not ElementKind.USER_TASK:
            continue
        for outcome in model.outcomes(task.id):
            if outcome.flow_id == flow_id and is_return(task, outcome.key):
                return True
    return False
