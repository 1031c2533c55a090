"""The executable form of a model: one graph of task specs, shared by all its instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.bpmn.gateways import InclusiveGateway, arrivals

if TYPE_CHECKING:
    from engine.bpmn.machine import Machine
    from engine.bpmn.model import ProcessModel
    from engine.bpmn.nodes import Node
    from engine.bpmn.scopes import RootScope
    from engine.bpmn.token import Token


class ProcessSpec(WorkflowSpec):
    """The specs of one model by name; the name is the element's id.

    Attributes:
        root: the scope of the whole process; its name cannot be an element id.
        has_inclusive: some gateway has to be looked at when nothing else moves.
    """

    task_specs: dict[str, Node]
    root: RootScope

    def __init__(self, model: ProcessModel) -> None:
        """Make an empty graph for ``model``."""
        super().__init__(name=model.process_id, filename=model.file)
        self.model = model
        self.has_inclusive = False

    def open_a_join(self, machine: Machine) -> bool:
        """Let one inclusive join go on that is complete, now that nothing else moves."""
        if not self.has_inclusive:
            return False
        return any(self._open_in(scope) for scope in list(machine.tasks.values()))

    def _open_in(self, scope: Token) -> bool:
        for name, counts in arrivals(scope).items():
            gateway = self.task_specs[name]
            if isinstance(gateway, InclusiveGateway) and gateway.is_enabled(scope, counts):
                gateway.consume(scope, counts)
                return True
        return False
