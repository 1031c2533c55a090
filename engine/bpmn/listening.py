"""What an event waits for, and the tokens that listen for it at a host."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.expressions import FeelText, value_of
from engine.bpmn.facts import EventFacts, EventType
from engine.bpmn.nodes import Node
from engine.bpmn.timers import TimerText, following
from engine.bpmn.token import COMPLETED, WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.machine import Machine
    from engine.bpmn.model import Element
    from engine.bpmn.process_spec import ProcessSpec
    from engine.bpmn.token import Token

#: Keys of a token's internal data.
DUE: Final = "due"
REST: Final = "rest"
SPAN: Final = "span"
NAME: Final = "name"
KEY: Final = "key"
WAS_TRUE: Final = "t"
#: Events for which somebody has to listen; the others are found when they are thrown.
LISTENED: Final = frozenset(
    {EventType.TIMER, EventType.MESSAGE, EventType.SIGNAL, EventType.CONDITIONAL}
)


class EventSource:
    """The compiled event definition of one element."""

    def __init__(self, element: Element) -> None:
        """Compile the expressions of the element's event definition."""
        facts, element_id = element.event or EventFacts(), element.id
        self.type = facts.type
        self.name = value_of(facts.name, element_id)
        self.key = value_of(facts.correlation_key, element_id)
        self.condition = FeelText(facts.condition or "false", element_id)
        self.timer = (
            TimerText(facts.timer, value_of(facts.timer_value, element_id), element_id)
            if facts.timer is not None
            else None
        )

    def arm(self, token: Token) -> None:
        """Write into the token what it waits for."""
        machine = token.workflow
        variables = machine.visible(token)
        remembered = token.internal_data
        if self.timer is not None:
            due, rest = self.timer.begin(variables, machine.now)
            remembered[DUE] = due.isoformat()
            if rest:
                remembered[REST] = rest
            if span := self.timer.working_days(variables):
                remembered[SPAN] = span
        elif self.type is not EventType.CONDITIONAL:
            remembered[NAME] = self.name.value(variables) or ""
            if key := self.key.value(variables):
                remembered[KEY] = str(key)


class Listener(Node):
    """The spec of a token that listens at its parent on behalf of ``owner``."""

    is_subscription = True

    def __init__(self, spec: ProcessSpec, element: Element, owner: Any) -> None:
        """Listen for the event of ``element``."""
        super().__init__(spec, element, element.id + "#listen")
        self.owner = owner
        #: a cycle timer fires once for every period missed during a downtime, not once for all
        self.each_period = element.properties.get("missed") == "each"

    def subscribe(self, host: Token) -> Token:
        """Begin to listen at ``host``."""
        token = host.workflow.new_token(self, host)
        token._set_state(WAITING)
        self.owner.source.arm(token)
        return token

    def fire(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Hand the event to the owner; listen again when the owner does not interrupt."""
        machine, host, remembered = token.workflow, token.parent, token.internal_data
        token._set_state(COMPLETED)
        machine._remove_task(token.id)
        self.owner.trigger(host, variables)
        if not self.owner.interrupts and host.is_live:
            self._again(host, remembered, machine)

    def _again(self, host: Token, remembered: dict[str, Any], machine: Machine) -> None:
        if self.owner.source.timer is None:
            token = self.subscribe(host)
            if self.owner.source.type is EventType.CONDITIONAL:
                token.internal_data[WAS_TRUE] = True
            return
        due = datetime.fromisoformat(remembered[DUE]).astimezone(UTC)
        after = following(
            remembered.get(REST, "0/PT0S"), due, due if self.each_period else machine.now
        )
        if after is not None:
            token = machine.new_token(self, host)
            token._set_state(WAITING)
            token.internal_data.update({DUE: after[0].isoformat(), REST: after[1]})

    def hear_signal(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Fire when the owner waits for a signal."""
        if self.owner.source.type is EventType.SIGNAL:
            self.fire(token, variables)

    def _on_cancel(self, _token: Token) -> None:
        """Leave no step in the history: nothing happened to the element."""
