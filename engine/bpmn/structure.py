"""Facts about the shape of a model: what reaches what, and which branches enclose an element."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.bpmn.model import ProcessModel


def predecessors(model: ProcessModel) -> Mapping[str, tuple[str, ...]]:
    """Return the elements directly before each element; a host comes before its boundary events."""
    found = {key: [flow.source for flow in flows] for key, flows in model.incoming.items()}
    for element in model.elements.values():
        if element.event is not None and element.event.attached_to:
            found.setdefault(element.id, []).append(element.event.attached_to)
    return {key: tuple(sources) for key, sources in found.items()}


def backwards(
    before: Mapping[str, tuple[str, ...]], starts: Iterable[str], without: str
) -> frozenset[str]:
    """Return ``starts`` and all elements that lead to them, not through ``without``."""
    found: set[str] = set()
    pending = [start for start in starts if start != without]
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            pending += [node for node in before.get(current, ()) if node != without]
    return frozenset(found)


def reaching(model: ProcessModel, gateway_id: str) -> dict[str, frozenset[str]]:
    """Return, by incoming flow of a gateway, the elements from which that flow can be reached.

    Paths through the gateway itself do not count (BPMN 2.0.2 §13.4.3).
    """
    before = predecessors(model)
    return {
        flow.id: backwards(before, [flow.source], gateway_id)
        for flow in model.incoming.get(gateway_id, ())
    }
