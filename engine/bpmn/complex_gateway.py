"""Complex gateways: a join with an activation condition, such as two of three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.expressions import FeelText
from engine.bpmn.gateways import ARRIVALS, AWAITED, LateJoin

if TYPE_CHECKING:
    from engine.bpmn.token import Token

#: Variable of the activation condition: tokens that have arrived.
ACTIVATION_COUNT: Final = "activationCount"


class ComplexGateway(LateJoin):
    """Goes on once its activation condition is true, then absorbs the late tokens.

    BPMN 2.0.2 §13.4.5. It starts anew when every flow that was empty has brought its token or
    none can bring one any more; nothing leaves at that moment.
    """

    def __init__(self, *arguments: Any) -> None:
        """Compile the activation condition."""
        super().__init__(*arguments)
        text = self.element.activation
        self.activation = FeelText(text, self.element.id) if text else None

    def arrived(self, scope: Token, counts: dict[str, int]) -> None:
        """Absorb a late token, or go on when the condition is true."""
        awaited: list[str] = scope.internal_data.get(AWAITED, {}).get(self.name, [])
        late = [flow_id for flow_id in awaited if flow_id in counts]
        if late:
            self._absorb(scope, late)
            return
        if awaited or self.activation is None:
            return
        variables = scope.workflow.visible(scope)
        number = sum(counts.values())
        if self.activation.is_true({**variables, ACTIVATION_COUNT: number}):
            empty = [flow_id for flow_id in self.incoming if flow_id not in counts]
            if empty:
                scope.internal_data.setdefault(AWAITED, {})[self.name] = empty
            self.consume(scope, counts)

    def _absorb(self, scope: Token, late: list[str]) -> None:
        counts = scope.internal_data[ARRIVALS][self.name]
        for flow_id in late:
            counts[flow_id] -= 1
            if not counts[flow_id]:
                del counts[flow_id]
        if not counts:
            del scope.internal_data[ARRIVALS][self.name]
        if not scope.internal_data[ARRIVALS]:
            del scope.internal_data[ARRIVALS]
        awaited = scope.internal_data[AWAITED][self.name]
        self._wait_for(scope, [flow_id for flow_id in awaited if flow_id not in late])

    def _wait_for(self, scope: Token, flows: list[str]) -> None:
        if flows:
            scope.internal_data[AWAITED][self.name] = flows
            return
        del scope.internal_data[AWAITED][self.name]
        if not scope.internal_data[AWAITED]:
            del scope.internal_data[AWAITED]

    def settle(self, scope: Token) -> bool:
        """Start anew when no late token can arrive any more."""
        awaited = scope.internal_data.get(AWAITED, {}).get(self.name)
        if not awaited or self.is_expected(scope, awaited, ()):
            return False
        self._wait_for(scope, [])
        counts = scope.internal_data.get(ARRIVALS, {}).get(self.name)
        if counts:
            self.arrived(scope, counts)
        return True
