"""Where tokens are in the token model: scopes, activities at work, pieces of an activity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engine.bpmn.walks.drawing import Level, Node

#: Which instances of which loops enclose something: (loop, number from 0), by loop.
Rounds = tuple[tuple[str, int], ...]
#: What waits: the element, and the instances of loops in which it is.
Place = tuple[str, Rounds]


@dataclass(eq=False)
class Work:
    """One piece of an activity: of a multi-instance there are several."""

    number: int
    rounds: Rounds
    scope: Scope | None = None


@dataclass(eq=False)
class Token:
    """An activity at work.

    Attributes:
        cast: of a vote, what was said with which weight.
    """

    node: Node
    scope: Scope
    work: list[Work] = field(default_factory=list)
    listening: list[Node] = field(default_factory=list)
    results: dict[int, int] = field(default_factory=dict)
    copied: dict[str, list[int | None]] = field(default_factory=dict)
    cast: list[tuple[str, int]] = field(default_factory=list)


@dataclass(eq=False)
class Scope:
    """One run of a process or sub-process."""

    level: Level
    host: Token | None = None
    rounds: Rounds = ()
    tokens: list[Token] = field(default_factory=list)
    moving: list[Node] = field(default_factory=list)
    arrived: Counter[str] = field(default_factory=Counter)
    armed: list[Node] = field(default_factory=list)

    def clear(self) -> None:
        self.tokens.clear()
        self.moving.clear()
        self.arrived.clear()

    @property
    def is_empty(self) -> bool:
        return not self.tokens and not self.moving and not +self.arrived

    def all(self) -> Iterator[Scope]:
        yield self
        for token in self.tokens:
            for work in token.work:
                if work.scope is not None:
                    yield from work.scope.all()

    def handlers(self) -> list[tuple[Node, Node]]:
        """Return (event sub-process, its start event)."""
        subs = [node for node in self.level.of_kind("event_sub") if node.inside]
        return [(node, node.inside.of_kind("start")[0]) for node in subs if node.inside]
