"""The root of all task specs: how a token arrives at an element, runs and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.bpmn.errors import NoFlowError
from engine.bpmn.machine import StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.bpmn.expressions import FeelText
    from engine.bpmn.machine import Machine
    from engine.bpmn.model import Element
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.token import Token


@dataclass(frozen=True, eq=False)
class Flow:
    """A sequence flow between two specs; ``condition`` is ``None`` when it has none."""

    id: str
    source: Node
    target: Node
    condition: FeelText | None
    is_default: bool


class Node(BpmnSpecMixin):
    """An element of the diagram; one object per definition, shared by all instances and threads.

    Attributes:
        element: the facts from the model.
        outgoing: sequence flows, document order.
    """

    #: the token is not inside its parent scope, it listens at it (boundary event and the like)
    is_subscription = False
    #: the loop whose instances have this spec, ``None`` for what runs once
    body: Any = None

    def __init__(self, spec: ProcessSpec, element: Element, name: str = "") -> None:
        """Register with the process; ``name`` when it is not the element's id."""
        super().__init__(spec, name or element.id, bpmn_name=element.name)
        self.element = element
        self.outgoing: tuple[Flow, ...] = ()

    def test(self) -> None:
        """Skip the library's check for inputs; the rules checked the whole model."""

    # arrival

    def arrive(self, scope: Token, _flow: Flow | None) -> None:
        """Receive a token over a flow (``None``: from the start of the scope)."""
        self.enter(scope)

    def enter(self, scope: Token) -> Token:
        """Put a new token here and make it ready."""
        token = scope.workflow.new_token(self, scope)
        self._update(token)
        return token

    def _update_hook(self, _token: Token) -> bool:
        return True

    def _on_ready_hook(self, token: Token) -> None:
        token.workflow.ready.append(token)

    # the run

    def _run_hook(self, token: Token) -> bool | None:
        token.workflow.note(StepKind.ACTIVATED, token)
        return True

    def _on_cancel(self, token: Token) -> None:
        token.workflow.note(StepKind.CANCELLED, token)

    def hear_signal(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Hear a signal; only events that wait for one care."""

    def child_ended(self, scope: Token, child: Token) -> None:
        """Hear that a token inside ``scope`` has left; only scopes have any."""

    # leaving

    def _on_complete_hook(self, token: Token) -> None:
        token.workflow.note(StepKind.COMPLETED, token)
        self.leave(token)

    def leave(self, token: Token) -> None:
        """Move on over the flows that the element chooses."""
        machine, scope = token.workflow, token.parent
        for flow in self.choose(token):
            machine.take(flow, scope)

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return the flows to take: all without a condition and all whose condition is true.

        Raises:
            NoFlowError: there are only conditional flows and none is true.
        """
        flows = self.outgoing
        if len(flows) < 2 and not (flows and flows[0].condition):
            return flows
        return self._conditional(token.workflow, token)

    def _conditional(self, machine: Machine, token: Token) -> list[Flow]:
        variables = machine.visible(token)
        chosen = [
            flow
            for flow in self.outgoing
            if not flow.is_default and (not flow.condition or flow.condition.is_true(variables))
        ]
        if any(flow.condition for flow in chosen):
            return chosen
        chosen += [flow for flow in self.outgoing if flow.is_default]
        if not chosen:
            raise NoFlowError(self.element.id, self.element.name)
        return chosen
