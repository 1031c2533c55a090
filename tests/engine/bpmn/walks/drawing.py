"""What a random model consists of; the XML, the judge and the shrinker all start from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

#: ``pick`` goes from 0 to this; a flow is taken when ``pick`` is among its ``picks``.
PICKS: Final = 5
#: In no condition: every choice takes its default and every loop ends.
FINISH: Final = 99

#: A way into a concurrent block: (the element that splits, number of the branch).
Branch = tuple[str, int]


@dataclass(frozen=True)
class Node:
    """An element.

    Attributes:
        kind: ``start end error_end terminate_end escalate task call catch sub event_sub
            xor and or boundary``.
        inside: of a sub-process.
        host: of a boundary event.
        event: ``timer message error escalation``, of boundary events and event sub-processes.
        code: of errors and escalations, ``""`` catches all.
        loop: ``""``, ``parallel`` or ``sequential`` (multi-instance).
        size: instances of a loop.
        until: a loop is over after so many.
        around: enclosing concurrent branches as drawn, outermost first; ``None`` when unknown.
        people: extension elements of a user task; empty for whoever started the matter.
        votes: its instances are ballots; people and a rule say how many and until when.
    """

    id: str
    kind: str
    inside: Level | None = None
    host: str = ""
    event: str = ""
    code: str = ""
    interrupting: bool = True
    loop: str = ""
    size: int = 0
    until: int = 0
    around: tuple[Branch, ...] | None = ()
    people: str = ""
    votes: bool = False


@dataclass(frozen=True)
class Flow:
    """A sequence flow; ``picks`` is its condition, ``None`` without."""

    id: str
    source: str
    target: str
    picks: frozenset[int] | None = None
    default: bool = False


@dataclass
class Level:
    """A process or the inside of a sub-process."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def out(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node_id]

    def into(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node_id]

    def boundaries(self, host: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.host == host]

    def of_kind(self, kind: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == kind]

    def everything(self) -> Iterator[tuple[Level, Node]]:
        """Return every element with the level on which it stands, outside first."""
        for node in self.nodes.values():
            yield self, node
            if node.inside is not None:
                yield from node.inside.everything()

    def copy(self) -> Level:
        return Level(
            {
                key: replace(node, inside=node.inside.copy() if node.inside else None)
                for key, node in self.nodes.items()
            },
            list(self.flows),
        )
