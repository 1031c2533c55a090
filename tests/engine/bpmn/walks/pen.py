"""What draws single elements and flows, and knows where it stands."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.engine.bpmn.walks.drawing import PICKS, Flow, Level, Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.engine.bpmn.walks.drawing import Branch


@dataclass(frozen=True)
class Surroundings:
    """What a block must know about the place where it stands."""

    around: tuple[Branch, ...] = ()
    codes: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()
    depth: int = 0
    is_alone: bool = True
    in_loop: bool = False
    is_structured: bool = True


class Pen:
    """Puts elements and flows on the current level."""

    def __init__(self, random: Random, kinds: tuple[str, ...]) -> None:
        self.random = random
        self.kinds = kinds
        self.place = Surroundings()
        self.level = Level()
        self._number = 0

    # drawing

    def name(self, kind: str) -> str:
        self._number += 1
        return f"{kind}{self._number}"

    def node(self, kind: str, **facts: object) -> str:
        around = self.place.around if self.place.is_structured else None
        node = replace(Node(self.name(kind), kind, around=around), **facts)  # type: ignore[arg-type]
        self.level.nodes[node.id] = node
        return node.id

    def flow(self, source: str, target: str, picks: frozenset[int] | None = None) -> None:
        taken = [flow.picks for flow in self.level.flows if flow.source == source]
        while picks is not None and picks in taken and self.level.nodes[source].kind == "xor":
            picks = self.some()  # the same condition again is never taken
        self.level.flows.append(Flow(self.name("f"), source, target, picks))

    def default(self, source: str, target: str) -> None:
        self.level.flows.append(Flow(self.name("f"), source, target, None, default=True))

    def some(self, most: int = 3) -> frozenset[int]:
        return frozenset(self.random.sample(range(PICKS + 1), self.random.randint(1, most)))

    @contextmanager
    def within(self, **changes: object) -> Iterator[None]:
        before = self.place
        self.place = replace(before, **changes)  # type: ignore[arg-type]
        yield
        self.place = before

    @contextmanager
    def branch(self, split: str, number: int) -> Iterator[None]:
        with self.within(around=(*self.place.around, (split, number))):
            yield
