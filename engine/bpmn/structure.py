"""Facts about the shape of a model: what reaches what, and which branches enclose an element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.facts import ElementKind

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


#: A way into a concurrent block: (the element that splits, the flow or boundary event taken).
Branch = tuple[str, str]


class Branches:
    """Which concurrent branches enclose an element: those without which it cannot be reached.

    The branch (split, flow) encloses an element when every path from the start of its level
    passes over that flow; so an element behind the join is in no branch, and a flow that leads
    back changes nothing.
    """

    def __init__(self, model: ProcessModel) -> None:
        """Compute the enclosing branches of every element, outermost first."""
        self._after: dict[str, list[tuple[str, str]]] = {}
        for flow in model.flows.values():
            self._after.setdefault(flow.source, []).append((flow.id, flow.target))
        for element in model.elements.values():
            if element.event is not None and element.event.attached_to:
                edge = (element.id, element.id)
                self._after.setdefault(element.event.attached_to, []).append(edge)
        self._starts = [
            element.id
            for element in model.elements.values()
            if element.id not in model.incoming and element.kind is not ElementKind.BOUNDARY_EVENT
        ]
        self.sources = {flow.id: flow.source for flow in model.flows.values()}
        self._enclosing: dict[str, list[Branch]] = {key: [] for key in model.elements}
        inside = {branch: self._inside(branch[1]) for branch in _forks(model)}
        self.forks = frozenset(inside)
        for branch in sorted(inside, key=lambda branch: -len(inside[branch])):
            for element_id in inside[branch]:
                self._enclosing[element_id].append(branch)

    def _inside(self, edge: str) -> frozenset[str]:
        """Return what can be reached only over ``edge``."""
        return frozenset(self._reached("") - self._reached(edge))

    def _reached(self, without: str) -> set[str]:
        found: set[str] = set()
        pending = list(self._starts)
        while pending:
            current = pending.pop()
            if current not in found:
                found.add(current)
                pending += [
                    target for edge, target in self._after.get(current, ()) if edge != without
                ]
        return found

    def of_element(self, element_id: str) -> tuple[Branch, ...]:
        """Return the branches that enclose an element, outermost first."""
        return tuple(self._enclosing.get(element_id, ()))

    def of_flow(self, flow_id: str) -> tuple[Branch, ...]:
        """Return the branches that enclose a token on a flow, outermost first."""
        source = self.sources[flow_id]
        own = ((source, flow_id),) if (source, flow_id) in self.forks else ()
        return self.of_element(source) + own


def branches(model: ProcessModel) -> Branches:
    """Return the enclosing branches of a model's elements; computed once."""
    kept = vars(model)
    found: Branches | None = kept.get(_KEPT)
    return found if found is not None else kept.setdefault(_KEPT, Branches(model))


def are_beside(model: ProcessModel, one: str, other: str) -> bool:
    """Tell whether two elements are in different branches of the same concurrent block."""
    around = dict(branches(model).of_element(one))
    return any(around.get(split, flow) != flow for split, flow in branches(model).of_element(other))


def _forks(model: ProcessModel) -> list[Branch]:
    found = []
    for source_id, flows in model.outgoing.items():
        kind = model.elements[source_id].kind
        if len(flows) > 1 and kind not in _ONE_WAY:
            found += [(source_id, flow.id) for flow in flows]
    for element in model.elements.values():
        event = element.event
        if event is not None and event.attached_to and not event.interrupting:
            found.append((event.attached_to, element.id))
    return found


_KEPT: Final = "_branches"
_ONE_WAY: Final = (ElementKind.EXCLUSIVE_GATEWAY, ElementKind.EVENT_BASED_GATEWAY)
