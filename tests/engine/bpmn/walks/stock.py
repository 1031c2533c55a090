"""The unmodified library, in memory, on models that it runs rightly."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import read_model
from tests.engine.bpmn.walks.drawing import FINISH, PICKS
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.walking import Case, DifferenceError

if TYPE_CHECKING:
    from random import Random

    from tests.engine.bpmn.walks.drawing import Level

#: Far before the depth of the task tree at which the library no longer finds its tasks.
STEPS = 20
STEPS_TO_THE_END = 60


class Stock:
    """One instance of the library as it comes."""

    def __init__(self, level: Level, pick: int) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(file_of(level, python=True)))
        spec = parser.get_spec("p")
        self._workflow: Any = BpmnWorkflow(spec, parser.get_subprocess_specs("p"))
        self._workflow.get_next_task(state=TaskState.READY).data["pick"] = pick
        self._run()

    def _run(self) -> None:
        self._workflow.do_engine_steps()

    def _ready(self) -> list[Any]:
        return list(self._workflow.get_tasks(state=TaskState.READY, manual=True))

    def waits(self) -> Counter[str]:
        """Return the ids of what waits."""
        return Counter(task.task_spec.bpmn_id for task in self._ready())

    def done(self, tasks: frozenset[str]) -> Counter[str]:
        """Return how often each of the user tasks was completed."""
        completed = self._workflow.get_tasks(state=TaskState.COMPLETED, manual=True)
        names = (task.task_spec.bpmn_id for task in completed)
        return Counter(name for name in names if name in tasks)

    @property
    def is_over(self) -> bool:
        return bool(self._workflow.is_completed())

    def act(self, node: str, pick: int) -> None:
        """Complete a user task."""
        task = next(task for task in self._ready() if task.task_spec.bpmn_id == node)
        task.data["pick"] = pick
        task.run()
        self._run()


def walk_with_stock(level: Level, random: Random) -> int:
    """Walk one path in the library and in the interpreter; return the steps.

    Raises:
        DifferenceError: they disagree.
    """
    pick = random.randint(0, PICKS)
    stock, case = Stock(level, pick), Case(read_model(file_of(level), "walk.bpmn"), pick)
    for step in range(STEPS + STEPS_TO_THE_END):
        ours = Counter(element for element, _ in case.waits().elements())
        if ours != stock.waits():
            raise DifferenceError("waits", f"{dict(ours)} {dict(stock.waits())}")
        if case.now.is_completed != stock.is_over:
            raise DifferenceError("over", f"{case.now.is_completed}")
        if stock.is_over:
            _compare_history(level, stock, case)
            return step
        place = random.choice(sorted(case.waits()))
        pick = random.randint(0, PICKS) if step < STEPS else FINISH
        case.act(place, pick)
        stock.act(place[0], pick)
    return step


def _compare_history(level: Level, stock: Stock, case: Case) -> None:
    tasks = frozenset(node.id for _, node in level.everything() if node.kind == "task")
    plain = frozenset(node.id for _, node in level.everything() if not node.loop) & tasks
    done = stock.done(plain)
    ours = Counter({key: number for key, number in case.done.items() if key in plain})
    if done != ours:
        raise DifferenceError("completed", f"{dict(ours - done)} {dict(done - ours)}")
