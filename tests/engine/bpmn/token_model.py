"""An independent token game for plain models, written from BPMN 2.0.2 chapter 13.

It shares no code with the interpreter: tokens are on flows, joins look at flows, sub-processes are
nested games. Slow and obvious on purpose; the judge of random walks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A walk is given up when a model multiplies tokens or turns in circles.
MAX_TOKENS = 24
MAX_MOVES = 400


class GivenUpError(Exception):
    """The model multiplies tokens or turns in circles without a wait."""


class NoWayError(Exception):
    """No condition of a choice is true."""


@dataclass(frozen=True)
class Edge:
    """A flow; it is taken when ``pick`` is in ``picks`` (``None``: always)."""

    id: str
    source: str
    target: str
    picks: frozenset[int] | None = None
    default: bool = False


@dataclass
class Diagram:
    """Nodes of one level by id: ``start end task xor and or sub``; ``sub`` has a diagram inside."""

    kinds: dict[str, str] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    inside: dict[str, Diagram] = field(default_factory=dict)

    def out(self, node: str) -> list[Edge]:
        return [edge for edge in self.edges if edge.source == node]

    def into(self, node: str) -> list[Edge]:
        return [edge for edge in self.edges if edge.target == node]


class Game:
    """The tokens of one level."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.on_edges: Counter[str] = Counter()
        self.first_seen: dict[str, None] = {}
        self.busy: list[tuple[str, Game | None]] = []
        self.queue: list[str] = [n for n, kind in diagram.kinds.items() if kind == "start"]
        self.moves = 0

    # what the outside sees

    def waiting(self) -> Iterator[str]:
        for node, inner in self.busy:
            if inner is None:
                yield node
            else:
                yield from inner.waiting()

    @property
    def is_over(self) -> bool:
        return not self.busy and not self.queue and not +self.on_edges

    def complete(self, node: str, pick: int) -> bool:
        """Complete one waiting task (of the first level that has it); tell whether it was there."""
        for index, (name, inner) in enumerate(self.busy):
            if inner is None and name == node:
                del self.busy[index]
                self._leave(node, pick)
                return True
            if inner is not None and inner.complete(node, pick):
                return True
        return False

    def settle(self, pick: int) -> None:
        """Move until only tasks wait."""
        while True:
            self.moves += 1
            if self.moves > MAX_MOVES or self._size() > MAX_TOKENS:
                raise GivenUpError
            if self.queue:
                self._run(self.queue.pop(0), pick)
            elif not self._end_a_level(pick) and not self._open_an_inclusive_join(pick):
                self.moves = 0
                return

    # the rules

    def _size(self) -> int:
        inner = sum(game._size() for _, game in self.busy if game)
        return len(self.queue) + len(self.busy) + self.on_edges.total() + inner

    def _end_a_level(self, pick: int) -> bool:
        for index, (node, inner) in enumerate(self.busy):
            if inner is None:
                continue
            inner.settle(pick)
            if inner.is_over:
                del self.busy[index]
                self._leave(node, pick)
                return True
        return False

    def _run(self, node: str, pick: int) -> None:
        kind = self.diagram.kinds[node]
        if kind == "task":
            self.busy.append((node, None))
        elif kind == "sub":
            self.busy.append((node, Game(self.diagram.inside[node])))
        else:
            self._leave(node, pick)

    def _leave(self, node: str, pick: int) -> None:
        for edge in self._chosen(node, pick):
            self._arrive(edge)

    def _chosen(self, node: str, pick: int) -> list[Edge]:
        edges, kind = self.diagram.out(node), self.diagram.kinds[node]
        if kind == "and" or not any(edge.picks is not None for edge in edges):
            return edges
        true = [e for e in edges if not e.default and (e.picks is None or pick in e.picks)]
        if kind == "xor":
            true = true[:1]
        if not any(edge.picks is not None for edge in true):
            true += [edge for edge in edges if edge.default]
        if not true:
            raise NoWayError(node)
        return true

    def _arrive(self, edge: Edge) -> None:
        node = edge.target
        kind, into = self.diagram.kinds[node], self.diagram.into(node)
        if kind not in ("and", "or") or len(into) < 2:
            self.queue.append(node)
            return
        self.on_edges[edge.id] += 1
        self.first_seen.setdefault(node)
        if kind == "and" and all(self.on_edges[other.id] for other in into):
            self._consume(node)

    def _consume(self, node: str) -> None:
        for edge in self.diagram.into(node):
            if self.on_edges[edge.id]:
                self.on_edges[edge.id] -= 1
        if not any(self.on_edges[edge.id] for edge in self.diagram.into(node)):
            del self.first_seen[node]
        self.queue.append(node)

    def _open_an_inclusive_join(self, _pick: int) -> bool:
        for node in list(self.first_seen):
            if self.diagram.kinds[node] == "or" and self._is_complete(node):
                self._consume(node)
                return True
        return False

    def _is_complete(self, join: str) -> bool:
        into = self.diagram.into(join)
        full = [edge for edge in into if self.on_edges[edge.id]]
        empty = [edge for edge in into if not self.on_edges[edge.id]]
        places = [node for node, _ in self.busy]
        for edge in self.diagram.edges:
            if self.on_edges[edge.id] and edge.target != join:
                places.append(edge.target)
        return not any(
            self._leads(place, empty, join) and not self._leads(place, full, join)
            for place in places
        )

    def _leads(self, place: str, edges: list[Edge], without: str) -> bool:
        """Tell whether a path from ``place`` ends with one of ``edges``, avoiding ``without``."""
        seen, pending = set(), [place]
        while pending:
            node = pending.pop()
            if node in seen or node == without:
                continue
            seen.add(node)
            for edge in self.diagram.out(node):
                if edge in edges:
                    return True
                pending.append(edge.target)
        return False
