"""The same walks through the whole engine: commands, tables, worker; SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError, WaitKind
from engine.commands.matter import MatterTree
from engine.embedded import Embedded
from tests.engine.bpmn.walks.drawing import FINISH, PICKS
from tests.engine.bpmn.walks.drawing_xml import called_file, file_of
from tests.engine.bpmn.walks.generator import EVERYTHING, model
from tests.engine.bpmn.walks.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Wait
    from engine.commands.services import Services
    from tests.engine.bpmn.walks.drawing import Level, Node
    from tests.engine.bpmn.walks.tokens import Place

#: 200 models with two paths each, in blocks that several processes can share.
BLOCKS = 10
MODELS = 20
PATHS = 2
STEPS = 10
STEPS_TO_THE_END = 300
#: Work items do not say in which instance of a looping sub-process they are.
KINDS = tuple(kind for kind in EVERYTHING if kind != "many")


@pytest.fixture
def embedded(empty_database_url: str) -> Iterator[Embedded]:
    found = Embedded(database_url=empty_database_url)
    yield found
    found.close()


@dataclass(frozen=True)
class _Waits:
    key: int

    def answer(self, services: Services) -> tuple[Wait, ...]:
        return MatterTree.load(services, self.key).root.interpreter.waits()


class Matter:
    """One matter of a random model."""

    def __init__(self, embedded: Embedded, level: Level, name: str, pick: int) -> None:
        calls = [node.id for _, node in level.everything() if node.kind == "call"]
        prefix = f"called_{name}_"
        main = file_of(level, name).replace(b"called_", prefix.encode())
        self._embedded, self._name = embedded, name
        embedded.deploy(main, *(called_file(call, prefix) for call in calls))
        self.key = embedded.start(name, {"pick": pick})

    def waits(self) -> tuple[Wait, ...]:
        return self._embedded.engine.ask(_Waits(int(self.key)))

    def history(self, event: str) -> Counter[str]:
        steps = self._embedded.history(self.key)
        return Counter(
            step.element_id
            for step in steps
            if step.event == event and step.process_id == self._name
        )

    def _work(self, element_id: str) -> str:
        items = self._embedded.open_work(self.key)
        return next(item.key for item in items if item.element_id == element_id)

    def next_timer(self) -> str:
        """Return the event whose timer is due first, ``""`` when that is not clear."""
        due = sorted((w.due, w.element_id) for w in self.waits() if w.kind is WaitKind.TIMER)
        is_clear = len(due) == 1 or (len(due) > 1 and due[0][0] != due[1][0])
        return due[0][1] if is_clear else ""

    def act(self, node: Node, pick: int) -> None:
        if node.event == "timer":
            due = next(wait.due for wait in self.waits() if wait.element_id == node.id)
            assert due is not None
            self._embedded.advance(due - self._embedded.clock.now())
        elif node.kind == "catch" or node.event == "message":
            assert self._embedded.publish(node.id, variables={"pick": pick})
        else:
            name = f"{node.id}_in" if node.kind == "call" else node.id
            self._embedded.complete(self._work(name), {"pick": pick})

    def throw(self, node: Node, code: str, pick: int) -> bool:
        try:
            self._embedded.throw_error(self._work(node.id), code, {"pick": pick})
        except UncaughtError:
            return False
        return True


def _same(judge: Judge, matter: Matter) -> None:
    wanted = Counter(element for element, _ in judge.waits().elements())
    assert Counter(wait.element_id for wait in matter.waits()) == wanted


def _step(judge: Judge, matter: Matter, nodes: dict[str, Node], random: Random) -> None:
    place, pick = random.choice(sorted(judge.waits())), random.randint(0, PICKS)
    node = nodes[place[0]]
    if node.event == "timer":
        if matter.next_timer() == node.id:
            judge.act(place, judge.pick)
            matter.act(node, pick)
    elif node.kind == "task" and not node.loop and random.random() < 0.2:
        code = random.choice([*sorted(n.code for n in nodes.values() if n.code), "OTHER"])
        assert matter.throw(node, code, pick) == judge.throw(place, code, pick)
    else:
        judge.act(place, pick)
        matter.act(node, pick)


def _finish(judge: Judge, matter: Matter, nodes: dict[str, Node], random: Random) -> None:
    for _ in range(STEPS_TO_THE_END):
        places: list[Place] = sorted(judge.waits())
        flow = [place for place in places if nodes[place[0]].kind in ("task", "call", "catch")]
        if not flow:
            break
        place = random.choice(flow)
        judge.act(place, FINISH)
        matter.act(nodes[place[0]], FINISH)
    assert judge.is_over


@pytest.mark.parametrize("block", range(BLOCKS))
def test_walks_through_the_database_agree(embedded: Embedded, block: int) -> None:
    walked = sum(
        walk_through(embedded, seed, path)
        for seed in range(block * MODELS, (block + 1) * MODELS)
        for path in range(PATHS)
    )

    assert walked >= MODELS * PATHS
    assert embedded.incidents() == []


def walk_through(embedded: Embedded, seed: int, path: int) -> int:
    """Walk one path of one model to its end; return how many steps it took.

    Raises:
        AssertionError: the engine and the token model differ.
    """
    level = model(Random(seed), KINDS)  # noqa: S311 - a repeatable walk
    random = Random(seed * 1_000 + path)  # noqa: S311 - a repeatable walk
    nodes = {node.id: node for _, node in level.everything()}
    pick = random.randint(0, PICKS)
    judge = Judge(level, pick)
    matter = Matter(embedded, level, f"walk{seed}_{path}", pick)
    steps = 1
    while not judge.is_over and steps < STEPS:
        _step(judge, matter, nodes, random)
        _same(judge, matter)
        steps += 1
    _finish(judge, matter, nodes, random)
    assert embedded.state(matter.key) == "completed"
    assert matter.history("completed") == judge.done
    assert matter.history("taken") == judge.taken
    return steps
