"""A process model as read from a file: elements, flows, and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from engine.bpmn.facts import EventType
from engine.bpmn.outcomes import outcomes_after
from engine.model.voting import VoteRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.facts import (
        AdHocFacts,
        CalledDecision,
        ElementKind,
        EventFacts,
        IoMapping,
        LoopFacts,
        Script,
        UserTaskSpec,
    )
    from engine.bpmn.outcomes import Outcome


@dataclass(frozen=True, kw_only=True)
class Element:
    """A node of the model, by BPMN id.

    Attributes:
        parent: id of the enclosing sub-process, ``None`` on the top level.
        lane: name of the innermost lane.
        properties: ``zeebe:property`` values by name.
        job_type: handler name of a service or send task or throw event.
        retries: attempts of a job, 0 = the handler's own schedule says.
        propagate_all: a call activity merges every variable of the called process.
        propagate_parent: without input mappings it gives all variables to the called process.
        data_inputs: ids of the data objects that are given to the activity.
        data_outputs: ids of the data objects that its result replaces.
        for_compensation: runs only to undo another activity.
        activation: FEEL activation condition of a complex gateway.
        line: 1-based line in the file.
    """

    id: str
    kind: ElementKind
    name: str = ""
    parent: str | None = None
    lane: str | None = None
    lane_id: str | None = None
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    user_task: UserTaskSpec | None = None
    job_type: str = ""
    retries: int = 0
    task_headers: Mapping[str, str] = field(default_factory=dict)
    called_decision: CalledDecision | None = None
    called_process: str = ""
    propagate_all: bool = False
    propagate_parent: bool = True
    script: Script | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    loop: LoopFacts | None = None
    event: EventFacts | None = None
    ad_hoc: AdHocFacts | None = None
    data_inputs: tuple[str, ...] = ()
    data_outputs: tuple[str, ...] = ()
    for_compensation: bool = False
    compensated_by: str = ""
    activation: str = ""
    line: int = 0

    @cached_property
    def vote(self) -> VoteRule | None:
        """The rule of a vote, ``None`` for what is none."""
        return VoteRule.of(self.properties) if self.user_task and self.loop else None

    @property
    def event_type(self) -> EventType:
        """What the event is about; ``NONE`` for everything that is no event."""
        return self.event.type if self.event else EventType.NONE


@dataclass(frozen=True, kw_only=True)
class SequenceFlow:
    """A sequence flow; ``condition`` is FEEL without ``=``, ``None`` when there is none.

    ``is_link`` marks the connection between two link events, which is not drawn.
    """

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    is_default: bool = False
    is_link: bool = False
    line: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class ProcessModel:
    """One executable process.

    Attributes:
        elements: by BPMN id, document order.
        flows: by id, document order.
        properties: ``zeebe:property`` values of the process.
        data_objects: id of the sub-process (``None``: the process) by id of the data object.
    """

    process_id: str
    name: str
    file: str
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    data_objects: Mapping[str, str | None] = field(default_factory=dict)
    elements: Mapping[str, Element] = field(default_factory=dict)
    flows: Mapping[str, SequenceFlow] = field(default_factory=dict)

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Flows by source, document order."""
        found: dict[str, list[SequenceFlow]] = {}
        for flow in self.flows.values():
            found.setdefault(flow.source, []).append(flow)
        return {key: tuple(flows) for key, flows in found.items()}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Flows by target, document order."""
        found: dict[str, list[SequenceFlow]] = {}
        for flow in self.flows.values():
            found.setdefault(flow.target, []).append(flow)
        return {key: tuple(flows) for key, flows in found.items()}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Element, ...]]:
        """Elements by enclosing sub-process (``None``: top level), document order."""
        found: dict[str | None, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.parent, []).append(element)
        return {key: tuple(elements) for key, elements in found.items()}

    @cached_property
    def called_processes(self) -> frozenset[str]:
        """Ids of the processes that call activities start (literal ones)."""
        names = (element.called_process for element in self.elements.values())
        return frozenset(name for name in names if name and not name.startswith("="))

    @cached_property
    def called_decisions(self) -> frozenset[str]:
        """Ids of the decisions that business rule tasks ask."""
        found = (element.called_decision for element in self.elements.values())
        return frozenset(called.decision_id for called in found if called)

    @cached_property
    def job_types(self) -> frozenset[str]:
        """Handler names of the service tasks."""
        return frozenset(e.job_type for e in self.elements.values() if e.job_type)

    @cached_property
    def form_ids(self) -> frozenset[str]:
        """Ids of the forms of the user tasks."""
        found = (element.user_task for element in self.elements.values())
        return frozenset(task.form_id for task in found if task and task.form_id)

    @cached_property
    def odd_names(self) -> tuple[str, ...]:
        """Variables written by the model whose names FEEL must be told, such as ``单价 含税``."""
        found: set[str] = set()
        for element in self.elements.values():
            found.update(mapping.target for mapping in (*element.inputs, *element.outputs))
            if element.called_decision:
                found.add(element.called_decision.result_variable)
            if element.script:
                found.add(element.script.result_variable)
            if element.loop:
                found.update((element.loop.element, element.loop.output_collection))
        return tuple(sorted(name for name in found if name and not name.isidentifier()))

    def outcomes(self, user_task_id: str) -> tuple[Outcome, ...]:
        """Return the choices that the diagram draws after a user task, in document order."""
        return outcomes_after(self, user_task_id)
