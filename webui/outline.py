"""A diagram as nested text, for keyboards, screen readers, phones and paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

from engine.bpmn import ElementKind, read_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.bpmn import Element, ProcessModel, SequenceFlow
    from engine.queries.views import DiagramView

#: What stands behind an element's name; other kinds speak for themselves.
KIND_WORDS: Final = {
    "service_task": lazy_gettext("自动处理"),
    "business_rule_task": lazy_gettext("规则判断"),
    "script_task": lazy_gettext("自动计算"),
    "call_activity": lazy_gettext("子流程"),
    "sub_process": lazy_gettext("子流程"),
    "parallel_gateway": lazy_gettext("并行"),
    "inclusive_gateway": lazy_gettext("满足条件的分支并行"),
}


@dataclass(frozen=True)
class OutlineItem:
    """One line of the outline.

    Attributes:
        name: element name, for an unnamed one what it is.
        kind: short word for what it is, may be empty.
        state: ``done``, ``current`` or empty.
        note: e.g. the handler's name.
        flow: name of the branch that leads here.
        is_reference: the element itself stands elsewhere in the outline.
        children: side branches, or what is inside a sub-process.
    """

    name: str
    kind: str = ""
    state: str = ""
    note: str = ""
    flow: str = ""
    is_reference: bool = False
    children: tuple[OutlineItem, ...] = field(default=())


def outline(diagram: DiagramView) -> tuple[OutlineItem, ...]:
    """Return the diagram's elements in the order of work, branches nested under their gateway."""
    return _Writer(_model(diagram.xml), diagram).write()


@lru_cache(maxsize=128)
def _model(xml: str) -> ProcessModel:
    return read_model(xml.encode(), "")


class _Writer:
    """Walks one model once; remembers what was written."""

    def __init__(self, model: ProcessModel, diagram: DiagramView) -> None:
        self._model = model
        self._done = frozenset(diagram.done)
        self._current = frozenset(diagram.current)
        self._notes = diagram.notes
        self._written: set[str] = set()
        self._outgoing: dict[str, list[SequenceFlow]] = {}
        for flow in model.flows.values():
            self._outgoing.setdefault(flow.source, []).append(flow)

    def write(self) -> tuple[OutlineItem, ...]:
        """Write the top level: first what has no predecessor, then what is attached."""
        return self._scope(None)

    def _scope(self, parent: str | None) -> tuple[OutlineItem, ...]:
        inside = [one for one in self._model.elements.values() if one.parent == parent]
        targets = {flow.target for flow in self._model.flows.values()}
        entries = [one for one in inside if one.id not in targets]
        items: list[OutlineItem] = []
        for entry in [*_starts_first(entries), *inside]:
            if entry.id not in self._written:
                items += self._line(entry.id, "")
        return tuple(items)

    def _line(self, element_id: str, flow_name: str) -> list[OutlineItem]:
        """Write from one element along the main branch until an end or something written."""
        items: list[OutlineItem] = []
        while True:
            element_id = self._past_joins(element_id)
            element = self._model.elements[element_id]
            if element_id in self._written:
                items.append(OutlineItem(self._name(element), flow=flow_name, is_reference=True))
                return items
            self._written.add(element_id)
            place = len(items)
            main, sides = self._branches(element_id)
            if main is None:
                items.append(self._item(element, flow_name, ()))
                return items
            tail = self._line(main.target, main.name)
            branches = [item for side in sides for item in self._line(side.target, side.name)]
            items.insert(place, self._item(element, flow_name, branches))
            return items + tail

    def _past_joins(self, element_id: str) -> str:
        """Skip gateways without a name that only bring branches together."""
        while self._is_join(element_id):
            self._written.add(element_id)
            element_id = self._outgoing[element_id][0].target
        return element_id

    def _is_join(self, element_id: str) -> bool:
        element = self._model.elements[element_id]
        is_gateway = element.kind.value.endswith("gateway") and not element.name
        return is_gateway and len(self._outgoing.get(element_id, ())) == 1

    def _branches(self, element_id: str) -> tuple[SequenceFlow | None, Sequence[SequenceFlow]]:
        """Tell the main branch (the first that leads to something new) from the others."""
        flows = self._outgoing.get(element_id, [])
        new = [flow for flow in flows if flow.target not in self._written]
        main = next(iter(new or flows), None)
        return main, [flow for flow in flows if flow is not main]

    def _item(
        self, element: Element, flow_name: str, branches: Iterable[OutlineItem]
    ) -> OutlineItem:
        kind = KIND_WORDS.get(element.kind.value, "")
        name = self._name(element)
        state = "current" if element.id in self._current else ""
        if not state and element.id in self._done:
            state = "done"
        return OutlineItem(
            name=name,
            kind="" if str(kind) == name else str(kind),
            state=state,
            note=self._notes.get(element.id, ""),
            flow=flow_name,
            children=(*self._scope_if_any(element), *branches),
        )

    def _scope_if_any(self, element: Element) -> tuple[OutlineItem, ...]:
        has_inside = any(one.parent == element.id for one in self._model.elements.values())
        return self._scope(element.id) if has_inside else ()

    def _name(self, element: Element) -> str:
        return element.name or str(_NAMELESS.get(element.kind.value) or lazy_gettext("分支"))


_NAMELESS: Final = {
    "start_event": lazy_gettext("开始"),
    "end_event": lazy_gettext("结束"),
    **{key: word for key, word in KIND_WORDS.items() if key.endswith("task")},
}


def _starts_first(elements: Sequence[Element]) -> list[Element]:
    return sorted(elements, key=lambda element: element.kind is not ElementKind.START_EVENT)
