"""Builds the graph of task specs from a model, once per definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import (
    AbstractTask,
    Activity,
    CallActivity,
    ScriptTask,
    UserTask,
    WaitingTask,
)
from engine.bpmn.ad_hoc import AdHocSubProcess
from engine.bpmn.compensation import CancelEnd, CompensationThrow
from engine.bpmn.complex_gateway import ComplexGateway
from engine.bpmn.events import (
    BoundaryEvent,
    Catcher,
    CatchEvent,
    ErrorEnd,
    EscalationThrow,
    EventSubProcessStart,
    SendEvent,
    StartEvent,
    TerminateEnd,
    ThrowEvent,
)
from engine.bpmn.expressions import FeelText, names_known, value_of
from engine.bpmn.facts import ElementKind, EventType
from engine.bpmn.gateways import (
    EventGateway,
    ExclusiveGateway,
    InclusiveGateway,
    Join,
    LateJoin,
    ParallelGateway,
)
from engine.bpmn.loops import Loop, MultiInstance, StandardLoop
from engine.bpmn.model import Element
from engine.bpmn.nodes import Flow
from engine.bpmn.process_spec import ProcessSpec
from engine.bpmn.scopes import ROOT, EventSubProcess, RootScope, Scope, SubProcess
from engine.bpmn.structure import reaching
from engine.bpmn.votes import Ballot, Vote

if TYPE_CHECKING:
    from engine.bpmn.model import ProcessModel
    from engine.bpmn.nodes import Node

Kind = ElementKind
_CLASSES: Final[dict[ElementKind, type[Node]]] = {
    Kind.TASK: AbstractTask,
    Kind.USER_TASK: UserTask,
    Kind.MANUAL_TASK: WaitingTask,
    Kind.SERVICE_TASK: WaitingTask,
    Kind.SCRIPT_TASK: ScriptTask,
    Kind.BUSINESS_RULE_TASK: WaitingTask,
    Kind.SEND_TASK: SendEvent,
    Kind.RECEIVE_TASK: CatchEvent,
    Kind.CALL_ACTIVITY: CallActivity,
    Kind.SUB_PROCESS: SubProcess,
    Kind.EVENT_SUB_PROCESS: EventSubProcess,
    Kind.TRANSACTION: SubProcess,
    Kind.AD_HOC_SUB_PROCESS: AdHocSubProcess,
    Kind.COMPLEX_GATEWAY: ComplexGateway,
    Kind.EXCLUSIVE_GATEWAY: ExclusiveGateway,
    Kind.PARALLEL_GATEWAY: ParallelGateway,
    Kind.INCLUSIVE_GATEWAY: InclusiveGateway,
    Kind.EVENT_BASED_GATEWAY: EventGateway,
    Kind.START_EVENT: StartEvent,
    Kind.CATCH_EVENT: CatchEvent,
    Kind.BOUNDARY_EVENT: BoundaryEvent,
}
_THROWS: Final[dict[EventType, type[Node]]] = {
    EventType.ERROR: ErrorEnd,
    EventType.ESCALATION: EscalationThrow,
    EventType.TERMINATE: TerminateEnd,
    EventType.MESSAGE: SendEvent,
    EventType.SIGNAL: SendEvent,
    EventType.COMPENSATION: CompensationThrow,
    EventType.CANCEL: CancelEnd,
}
#: Where a model keeps its graph; it lives exactly as long as the model.
_KEPT: Final = "_compiled_spec"


def compiled(model: ProcessModel) -> ProcessSpec:
    """Return the specs of ``model``; built once, shared by all its instances and threads."""
    kept = vars(model)
    spec: ProcessSpec | None = kept.get(_KEPT)
    if spec is None:
        with names_known(model.odd_names):
            spec = kept.setdefault(_KEPT, _Compiler(model).build())
    return spec


class _Compiler:
    """Builds one graph."""

    def __init__(self, model: ProcessModel) -> None:
        self._model = model
        self._spec = ProcessSpec(model)
        self._nodes: dict[str, Node] = {}

    def build(self) -> ProcessSpec:
        """Make the nodes, then everything between them."""
        root = Element(id=ROOT, kind=Kind.SUB_PROCESS, name=self._model.name)
        self._spec.root = RootScope(self._spec, root)
        for element in self._model.elements.values():
            self._nodes[element.id] = self._node(element)
        self._connect()
        self._fill_scopes()
        for element in self._model.elements.values():
            self._attach(element)
        return self._spec

    def _node(self, element: Element) -> Node:
        plain = self._class(element)
        if element.loop is None:
            node = plain(self._spec, element)
            self._detail(node, element)
            return node
        if element.vote is not None:
            plain = Ballot
        loop = _loop_class(element)(self._spec, element)
        loop.inner = plain(self._spec, element, element.id + "#each")
        loop.inner.body = loop
        self._detail(loop.inner, element)
        return loop

    def _class(self, element: Element) -> type[Node]:
        if element.kind in (Kind.END_EVENT, Kind.THROW_EVENT):
            return _THROWS.get(element.event_type, ThrowEvent)
        if element.kind is Kind.CATCH_EVENT and element.event_type is EventType.LINK:
            return StartEvent
        if element.kind is Kind.START_EVENT and element.parent is not None:
            parent = self._model.elements[element.parent]
            if parent.kind is Kind.EVENT_SUB_PROCESS:
                return EventSubProcessStart
        return _CLASSES[element.kind]

    def _detail(self, node: Node, element: Element) -> None:
        if element.event_type is EventType.CONDITIONAL:
            self._spec.has_conditions = True
        if isinstance(node, (Activity, Catcher)):
            node.writes = self._mappings(element, "outputs")
        if isinstance(node, Activity):
            node.reads = self._mappings(element, "inputs")
        if isinstance(node, ScriptTask) and element.script is not None:
            node.expression = FeelText(element.script.expression, element.id)

    def _mappings(self, element: Element, which: str) -> tuple[Any, ...]:
        return tuple(
            (mapping.target, value_of(mapping.source, element.id))
            for mapping in getattr(element, which)
        )

    def _connect(self) -> None:
        for element_id, flows in self._model.outgoing.items():
            source = self._nodes[element_id]
            source.outgoing = tuple(
                Flow(
                    flow.id,
                    source,
                    self._nodes[flow.target],
                    FeelText(flow.condition, element_id) if flow.condition else None,
                    flow.is_default,
                )
                for flow in flows
            )
            for flow in source.outgoing:
                source.connect(flow.target)
        for element_id, flows in self._model.incoming.items():
            node = self._nodes[element_id]
            if isinstance(node, Join):
                node.incoming = tuple(flow.id for flow in flows)
            if isinstance(node, LateJoin):
                node.reaches = reaching(self._model, element_id)
                self._spec.has_late_joins = True

    def _fill_scopes(self) -> None:
        self._fill(self._spec.root, None)
        for element in self._model.elements.values():
            node = self._nodes[element.id]
            inner = getattr(node, "inner", node)
            if isinstance(inner, Scope):
                self._fill(inner, element.id)

    def _fill(self, scope: Scope, scope_id: str | None) -> None:
        children = self._model.children.get(scope_id, ())
        starts = [e for e in children if e.kind is Kind.START_EVENT]
        plain = [e for e in starts if e.event_type is EventType.NONE] or starts[:1]
        if not starts:
            plain = [e for e in children if _begins(e) and e.id not in self._model.incoming]
        scope.starts = tuple(self._nodes[e.id] for e in plain)
        scope.handlers = tuple(self._handlers_of(children))
        for handler in scope.handlers:
            handler.sub_process = self._nodes[self._model.elements[handler.element.id].parent or ""]

    def _handlers_of(self, children: tuple[Element, ...]) -> list[Any]:
        return [
            self._nodes[start.id]
            for e in children
            if e.kind is Kind.EVENT_SUB_PROCESS
            for start in self._model.children.get(e.id, ())
            if start.kind is Kind.START_EVENT
        ]

    def _attach(self, element: Element) -> None:
        if element.kind is not Kind.BOUNDARY_EVENT or element.event is None:
            return
        host = self._nodes[element.event.attached_to]
        if isinstance(host, Activity):
            host.boundaries = (*host.boundaries, self._nodes[element.id])


def _loop_class(element: Element) -> type[Loop]:
    if element.vote is not None:
        return Vote
    standard = element.loop is not None and element.loop.standard
    return StandardLoop if standard else MultiInstance


def _begins(element: Element) -> bool:
    """Tell whether a scope without start event begins at the element (if it has no incoming)."""
    return (
        element.kind not in (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
        and not element.for_compensation
    )
