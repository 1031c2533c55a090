"""Gateways; joins count arrivals per incoming flow, so that loops cannot confuse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.errors import NoFlowError
from engine.bpmn.machine import StepKind
from engine.bpmn.nodes import Flow, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bpmn.token import Token

#: Key in a scope's internal data: ``{gateway id: {flow id: tokens that arrived}}``.
ARRIVALS: Final = "j"
#: Key in a scope's internal data: ``{complex gateway id: [flows whose late tokens are absorbed]}``.
AWAITED: Final = "x"


def arrivals(scope: Token) -> dict[str, dict[str, int]]:
    """Return what waits at the joins of a scope."""
    found: dict[str, dict[str, int]] = scope.internal_data.get(ARRIVALS, {})
    return found


def forget_arrivals(scope: Token) -> None:
    """Forget everything that waits at the joins of a scope."""
    scope.internal_data.pop(ARRIVALS, None)
    scope.internal_data.pop(AWAITED, None)


class ExclusiveGateway(Node):
    """Takes the first flow, in document order, whose condition is true."""

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return one flow.

        Raises:
            NoFlowError: no condition is true and there is no default flow.
        """
        flows = self.outgoing
        if len(flows) < 2 and not (flows and flows[0].condition):
            return flows
        variables = token.workflow.visible(token)
        for flow in flows:
            if not flow.is_default and (not flow.condition or flow.condition.is_true(variables)):
                return (flow,)
        for flow in flows:
            if flow.is_default:
                return (flow,)
        raise NoFlowError(self.element.id, self.element.name)


class Join(Node):
    """A gateway that collects tokens; ``incoming`` are the ids of its flows."""

    incoming: tuple[str, ...] = ()

    def arrive(self, scope: Token, flow: Flow | None) -> None:
        """Count the token; go on when the rule of the gateway says so."""
        if flow is None or len(self.incoming) < 2:
            self.enter(scope)
            return
        counts = scope.internal_data.setdefault(ARRIVALS, {}).setdefault(self.name, {})
        counts[flow.id] = counts.get(flow.id, 0) + 1
        self.arrived(scope, counts)

    def arrived(self, scope: Token, counts: dict[str, int]) -> None:
        """Look whether the gateway can go on now."""

    def consume(self, scope: Token, counts: dict[str, int]) -> None:
        """Take one token from every flow that has one, and go on with one token."""
        left = {key: number - 1 for key, number in counts.items() if number > 1}
        pending = arrivals(scope)
        if left:
            pending[self.name] = left
        else:
            del pending[self.name]
            if not pending:
                del scope.internal_data[ARRIVALS]
        self.enter(scope)


class ParallelGateway(Join):
    """Waits for one token on every incoming flow (BPMN 2.0.2 §13.4.1); leaves on all flows."""

    def arrived(self, scope: Token, counts: dict[str, int]) -> None:
        """Go on when every incoming flow has a token."""
        if len(counts) == len(self.incoming):
            self.consume(scope, counts)

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return all flows."""
        return self.outgoing


class LateJoin(Join):
    """A join that is looked at when nothing else moves.

    Attributes:
        reaches: by incoming flow id, the nodes of the level from which the flow can be reached
            without passing this gateway.
    """

    def __init__(self, *arguments: Any) -> None:
        """Start without structure; the compiler fills it in."""
        super().__init__(*arguments)
        self.reaches: dict[str, frozenset[str]] = {}

    def settle(self, scope: Token) -> bool:
        """Go on if the gateway can now; tell whether it did."""
        raise NotImplementedError

    def is_expected(
        self, scope: Token, empty_flows: Iterable[str], full_flows: Iterable[str]
    ) -> bool:
        """Tell whether a token can still arrive on an empty flow and not on a full one."""
        full = [self.reaches[flow_id] for flow_id in full_flows]
        empty = [self.reaches[flow_id] for flow_id in empty_flows]
        for place in self._places(scope):
            if any(place in nodes for nodes in empty) and not any(place in nodes for nodes in full):
                return True
        return False

    def _places(self, scope: Token) -> Iterable[str]:
        for child in scope.children:
            if not child.task_spec.is_subscription:
                yield child.task_spec.element.id
        for gateway in arrivals(scope):
            if gateway != self.name:
                yield gateway


class InclusiveGateway(LateJoin):
    """Waits until no other token can still arrive (BPMN 2.0.2 §13.4.3)."""

    def settle(self, scope: Token) -> bool:
        """Go on when every token that could still arrive could also arrive on a full flow."""
        counts = arrivals(scope).get(self.name)
        if not counts:
            return False
        empty = [flow_id for flow_id in self.incoming if flow_id not in counts]
        if self.is_expected(scope, empty, counts):
            return False
        self.consume(scope, counts)
        return True


class EventGateway(Node):
    """Listens to the events behind it; the first one wins."""

    def _run_hook(self, token: Token) -> None:
        token.workflow.note(StepKind.ACTIVATED, token)
        for flow in self.outgoing:
            flow.target.listen(token)
