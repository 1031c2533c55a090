"""What the diagram draws between two steps: automatic work that would have to be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn import ElementKind, EventType, after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.commands.places import Path, Places

_AUTOMATIC: Final = frozenset(
    {
        ElementKind.SERVICE_TASK,
        ElementKind.SEND_TASK,
        ElementKind.SCRIPT_TASK,
        ElementKind.BUSINESS_RULE_TASK,
        ElementKind.CALL_ACTIVITY,
    }
)


def automatic_between(first: Path, last: Path, places: Places) -> list[Element]:
    """Return the automatic steps that may lie between two steps, document order per level.

    A called process counts as automatic: what happens in it is not looked into.
    """
    depth = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    if depth is None or first[depth].process_id != last[depth].process_id:
        return []
    model = places.model(first[depth].process_id)
    here, there = first[depth].element_id, last[depth].element_id
    found = [key for key in after(model, here) if there in after(model, key)]
    elements = [*_automatic(model, found)]
    for place in first[depth + 1 :]:
        inner = places.model(place.process_id)
        elements += _automatic(inner, after(inner, place.element_id))
    for place in last[depth + 1 :]:
        inner = places.model(place.process_id)
        leading = [key for key in inner.elements if place.element_id in after(inner, key)]
        elements += _automatic(inner, leading)
    return elements


def _automatic(model: ProcessModel, keys: frozenset[str] | list[str]) -> Iterator[Element]:
    chosen = set(keys)
    for element in model.elements.values():
        around: str | None = element.id
        while around is not None and around not in chosen:
            around = model.elements[around].parent
        if around is not None and _is_automatic(element):
            yield element


def _is_automatic(element: Element) -> bool:
    sends = element.event_type in (EventType.MESSAGE, EventType.SIGNAL)
    throws = element.kind in (ElementKind.THROW_EVENT, ElementKind.END_EVENT)
    return element.kind in _AUTOMATIC or (throws and sends)
