"""Random models for walks: free graphs, and block-structured ones that stock can also run."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.engine.bpmn.token_model import Diagram, Edge

if TYPE_CHECKING:
    from random import Random

#: ``pick`` goes from 0 to this.
PICKS = 5
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "userTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "sub": "subProcess",
}


class _Names:
    def __init__(self) -> None:
        self._number = 0

    def __call__(self, kind: str) -> str:
        self._number += 1
        return f"{kind}{self._number}"


def free_graph(random: Random, depth: int = 1, names: _Names | None = None) -> Diagram:
    """Return a graph without any order; loops, crossing branches and deadlocks included."""
    names = names or _Names()
    diagram = Diagram()
    kinds = ["task"] * 4 + ["xor", "xor", "and", "and", "or", "or"] + ["sub"] * depth
    nodes = [names("start")]
    diagram.kinds[nodes[0]] = "start"
    for _ in range(random.randint(3, 9)):
        kind = random.choice(kinds)
        node = names(kind)
        diagram.kinds[node] = kind
        if kind == "sub":
            diagram.inside[node] = free_graph(random, depth - 1, names)
        nodes.append(node)
    end = names("end")
    diagram.kinds[end] = "end"
    wanted = [(random.choice(nodes[:n]), node) for n, node in enumerate(nodes) if n]
    wanted += [
        (random.choice(nodes[1:]), random.choice([*nodes[1:], end]))
        for _ in range(random.randint(2, len(nodes)))
    ]
    sources = {source for source, _ in wanted}
    wanted += [(node, end) for node in nodes if node not in sources]
    for source in nodes:
        _add_edges(diagram, source, [target for s, target in wanted if s == source], random, names)
    return diagram


def _add_edges(
    diagram: Diagram, source: str, targets: list[str], random: Random, names: _Names
) -> None:
    kind = diagram.kinds[source]
    choice = kind in ("xor", "or") or (kind in ("task", "sub") and random.random() < 0.3)
    with_default = choice and len(targets) > 1 and random.random() < 0.8
    for index, target in enumerate(targets):
        default = with_default and index == 0
        picks = None
        if choice and len(targets) > 1 and not default:
            picks = _picks(random)
            while kind == "xor" and (source, picks) in {(e.source, e.picks) for e in diagram.edges}:
                picks = _picks(random)  # the same condition again is never taken
        diagram.edges.append(Edge(names("f"), source, target, picks, default))


def _picks(random: Random) -> frozenset[int]:
    return frozenset(random.sample(range(PICKS + 1), random.randint(1, PICKS)))


def blocks(random: Random, size: int = 6, *, forks_in_loops: bool = False) -> Diagram:
    """Return a block-structured model; stock needs one without joins inside loops."""
    builder = _Blocks(random, forks_in_loops=forks_in_loops)
    first, last = builder.sequence(size, may_fork=True)
    start, end = builder.node("start"), builder.node("end")
    builder.edge(start, first)
    builder.edge(last, end)
    return builder.diagram


class _Blocks:
    def __init__(self, random: Random, *, forks_in_loops: bool) -> None:
        self._random = random
        self._forks_in_loops = forks_in_loops
        self._names = _Names()
        self.diagram = Diagram()

    def node(self, kind: str) -> str:
        name = self._names(kind)
        self.diagram.kinds[name] = kind
        return name

    def edge(self, source: str, target: str, picks: frozenset[int] | None = None) -> None:
        self.diagram.edges.append(Edge(self._names("f"), source, target, picks))

    def default(self, source: str, target: str) -> None:
        self.diagram.edges.append(Edge(self._names("f"), source, target, None, default=True))

    def sequence(self, size: int, *, may_fork: bool) -> tuple[str, str]:
        parts = [self._block(size // 2, may_fork) for _ in range(self._random.randint(1, 3))]
        for (_, last), (first, _) in pairwise(parts):
            self.edge(last, first)
        return parts[0][0], parts[-1][1]

    def _block(self, size: int, may_fork: bool) -> tuple[str, str]:
        kinds = ["task", "xor", "loop"] + (["and", "or"] if may_fork else [])
        kind = self._random.choice(kinds) if size > 0 else "task"
        if kind == "task":
            task = self.node("task")
            return task, task
        if kind == "loop":
            return self._loop(size)
        return self._split(kind, size, may_fork)

    def _loop(self, size: int) -> tuple[str, str]:
        first, last = self.sequence(size, may_fork=self._forks_in_loops)
        enter, leave = self.node("xor"), self.node("xor")
        task = self.node("task")
        self.edge(enter, first)
        self.edge(last, task)
        self.edge(task, leave)
        self.edge(leave, enter, self._some())
        after = self.node("task")
        self.default(leave, after)
        return enter, after

    def _split(self, kind: str, size: int, may_fork: bool) -> tuple[str, str]:
        task, split, join = self.node("task"), self.node(kind), self.node(kind)
        self.edge(task, split)
        shares = self._shares(kind)
        for index in range(self._random.randint(2, 3)):
            first, last = self.sequence(size, may_fork=may_fork)
            if kind == "and":
                self.edge(split, first)
            elif index == 0:
                self.default(split, first)
            else:
                self.edge(split, first, shares[index - 1])
            self.edge(last, join)
        return task, join

    def _shares(self, kind: str) -> tuple[frozenset[int], frozenset[int]]:
        """Return two conditions; at an exclusive gateway they are never true together."""
        first = self._some()
        rest = frozenset(range(PICKS + 1)) - first
        return first, rest if kind == "xor" else self._some()

    def _some(self) -> frozenset[int]:
        return frozenset(self._random.sample(range(PICKS + 1), self._random.randint(1, 3)))


def xml_body(diagram: Diagram, *, python: bool = False) -> str:
    """Return the inside of a process; conditions are FEEL, or Python for the stock library."""
    parts = []
    for node, kind in diagram.kinds.items():
        default = next((e.id for e in diagram.out(node) if e.default), None)
        attribute = f' default="{default}"' if default else ""
        inner = xml_body(diagram.inside[node]) if kind == "sub" else ""
        tag = _TAGS[kind]
        parts.append(f'<bpmn:{tag} id="{node}"{attribute}>{inner}</bpmn:{tag}>')
    for edge in diagram.edges:
        condition = ""
        if edge.picks is not None:
            values = ", ".join(str(pick) for pick in sorted(edge.picks))
            text = f"pick in [{values}]" if python else f"=list contains([{values}], pick)"
            condition = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>"
        parts.append(
            f'<bpmn:sequenceFlow id="{edge.id}" sourceRef="{edge.source}"'
            f' targetRef="{edge.target}">{condition}</bpmn:sequenceFlow>'
        )
    return "".join(parts)
