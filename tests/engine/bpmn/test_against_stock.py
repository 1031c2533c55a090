"""Random walks against the unmodified library, on models where it is right.

Block-structured, no joins inside loops, never two true conditions on an exclusive gateway.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import read_model
from tests.engine.bpmn.conftest import Run, bpmn
from tests.engine.bpmn.random_models import PICKS, blocks, xml_body
from tests.engine.bpmn.token_model import Game

MODELS = int(os.environ.get("STOCK_MODELS", "40"))
PATHS = int(os.environ.get("STOCK_PATHS", "2"))
#: Steps after which the library's own cliff (task tree depth) is still far away.
STEPS = 25


class Stock:
    """The library as it comes, in memory."""

    def __init__(self, body: str, pick: int) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(bpmn(body)))
        self._workflow: Any = BpmnWorkflow(parser.get_spec("p"))
        self._workflow.get_next_task(state=TaskState.READY).data["pick"] = pick
        self._workflow.do_engine_steps()

    def _ready(self) -> list[Any]:
        return list(self._workflow.get_tasks(state=TaskState.READY, manual=True))

    @property
    def waiting_at(self) -> list[str]:
        return sorted(task.task_spec.bpmn_id for task in self._ready())

    @property
    def is_completed(self) -> bool:
        return bool(self._workflow.is_completed())

    def complete(self, node: str, pick: int) -> None:
        task = next(task for task in self._ready() if task.task_spec.bpmn_id == node)
        task.data["pick"] = pick
        task.run()
        self._workflow.do_engine_steps()


def _walk(seed: int, path: int) -> tuple[int, bool]:
    """Return the steps made, and whether stock left the path that the token game shows.

    Its inclusive join fires early when a branch holds a loop; there the token game decides.
    """
    diagram = blocks(Random(seed))  # noqa: S311 - a repeatable walk
    model = read_model(bpmn(xml_body(diagram)), "random.bpmn")
    random = Random(seed * 1000 + path)  # noqa: S311 - a repeatable walk
    stock, game = Stock(xml_body(diagram, python=True), 0), Game(diagram)
    game.settle(0)
    case = Run(model, {"pick": 0})
    for step in range(STEPS):
        expected = sorted(game.waiting())
        assert (case.waiting_at, case.is_completed) == (expected, game.is_over), (seed, path)
        if (stock.waiting_at, stock.is_completed) != (expected, game.is_over):
            return step, True
        if case.is_completed:
            return step, False
        node, pick = random.choice(case.waiting_at), random.randint(0, PICKS)
        case.complete(node, pick=pick)
        stock.complete(node, pick)
        game.complete(node, pick)
        game.settle(pick)
    return STEPS, False


def test_walks_agree_with_stock() -> None:
    walks = [_walk(seed, path) for seed in range(MODELS) for path in range(PATHS)]

    assert sum(steps for steps, _ in walks) > MODELS
    assert sum(strayed for _, strayed in walks) <= len(walks) // 50
