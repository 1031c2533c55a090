"""Where tokens were: what a jump ends is kept as it was, so that it can be put back later.

Tokens that are put back are new ones (an id is used once); they have the data they had. Events
listen anew: a timer begins again, a message that came meanwhile is not missed.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import codec
from engine.bpmn.activities import Activity
from engine.bpmn.gateways import AWAITED, EventGateway, arrivals
from engine.bpmn.loops import Loop
from engine.bpmn.machine import StepKind
from engine.bpmn.scopes import Scope
from engine.bpmn.token import STARTED
from engine.bpmn.votes import Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.bpmn.machine import Machine
    from engine.bpmn.reach import Plan
    from engine.bpmn.token import Token

#: (token id, id of the token around it or "", spec name, data, internal data)
Row = tuple[str, str, str, dict[str, Any], dict[str, Any]]
_KINDS: Final = (Activity, EventGateway)


@dataclass(frozen=True)
class Marking:
    """Tokens of one level with everything inside them, and what waited at its joins.

    Attributes:
        rows: the tokens, those around others first.
        places: elements of the outermost tokens.
        arrived: (join, flow, number of tokens) that waited.
        awaited: late flows that complex gateways absorbed.
        is_alone: nothing is known of the branches beside, so they must be as they were.
    """

    rows: tuple[Row, ...] = ()
    places: tuple[str, ...] = ()
    arrived: tuple[tuple[str, str, int], ...] = ()
    awaited: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_alone: bool = False

    def to_text(self) -> str:
        """Return it as compact JSON."""
        parts = [self.rows, self.places, self.arrived, self.awaited, self.is_alone]
        return codec.encode(parts)

    @classmethod
    def from_text(cls, text: str) -> Marking:
        """Read what ``to_text`` has written."""
        rows, places, arrived, awaited, is_alone = codec.decode(text)
        return cls(
            tuple((row[0], row[1], row[2], row[3], row[4]) for row in rows),
            tuple(places),
            tuple((gateway, flow, number) for gateway, flow, number in arrived),
            tuple((gateway, tuple(flows)) for gateway, flows in awaited),
            bool(is_alone),
        )

    def can_be_put_back(self, machine: Machine) -> bool:
        """Tell whether the model still has every element, and none is of a kind that cannot."""
        specs = [machine.spec.task_specs.get(row[2]) for row in self.rows]
        return all(
            isinstance(spec, _KINDS) and not getattr(spec, "is_event_sub_process", False)
            for spec in specs
        )


def capture(machine: Machine, plan: Plan) -> Marking:
    """Keep what a planned jump ends."""
    counts = arrivals(plan.scope)
    awaited = plan.scope.internal_data.get(AWAITED, {})
    return Marking(
        tuple(row for token in plan.leaving for row in rows_of(machine, token)),
        tuple(token.task_spec.element.id for token in plan.leaving),
        tuple((gateway, flow, counts[gateway][flow]) for gateway, flow in plan.forgotten),
        tuple((gateway, tuple(awaited[gateway])) for gateway in plan.no_longer_late),
    )


def capture_token(machine: Machine, token: Token) -> Marking:
    """Keep one token with what is inside it."""
    rows = tuple(rows_of(machine, token))
    return Marking(rows, (token.task_spec.element.id,), is_alone=True)


def rows_of(machine: Machine, token: Token, around: str = "") -> Iterable[Row]:
    """Yield a token and the tokens inside it, without those that only listen."""
    yield (
        token.id,
        around,
        token.task_spec.name,
        deepcopy(token.data),
        deepcopy(token.internal_data),
    )
    for child in token.children:
        if not child.task_spec.is_subscription:
            yield from rows_of(machine, child, token.id)


def put_back(machine: Machine, marking: Marking, scope: Token) -> Mapping[str, str]:
    """Put the tokens into ``scope``; return the new token by the id that it had."""
    made: dict[str, Token] = {}
    for old, around, name, data, remembered in marking.rows:
        spec = machine.spec.task_specs[name]
        inside = made.get(around, scope)
        if isinstance(spec, (Scope, Loop)):
            token = machine.new_token(spec, inside)
            token._set_state(STARTED)
            token.data, token.internal_data = deepcopy(data), deepcopy(remembered)
            machine.note(StepKind.ACTIVATED, token)
            if isinstance(spec, Vote):
                spec.note_put_back(token)
            for catcher in (*spec.boundaries, *getattr(spec, "handlers", ())):
                catcher.subscribe(token)
        else:
            token = spec.enter(inside)
            token.data.update(deepcopy(data))
        made[old] = token
    return {old: token.id for old, token in made.items()}
