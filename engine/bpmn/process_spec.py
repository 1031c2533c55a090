"""The executable form of a model: one graph of task specs, shared by all its instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.bpmn.conditional import test_condition
from engine.bpmn.gateways import AWAITED, LateJoin, arrivals

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
        has_late_joins: some gateways have to be looked at when nothing else moves.
        has_conditions: some events wait for a condition.
    """

    task_specs: dict[str, Node]
    root: RootScope

    def __init__(self, model: ProcessModel) -> None:
        """Make an empty graph for ``model``."""
        super().__init__(name=model.process_id, filename=model.file)
        self.model = model
        self.has_late_joins = False
        self.has_conditions = False

    def settle(self, machine: Machine) -> bool:
        """Let one join or condition go on, now that nothing else moves; tell whether one did."""
        if not self.has_late_joins and not self.has_conditions:
            return False
        return any(self._settle_one(token) for token in list(machine.tasks.values()))

    def _settle_one(self, token: Token) -> bool:
        if self.has_conditions and test_condition(token):
            return True
        for name in (*arrivals(token), *token.internal_data.get(AWAITED, ())):
            gateway = self.task_specs[name]
            if isinstance(gateway, LateJoin) and gateway.settle(token):
                return True
        return False
