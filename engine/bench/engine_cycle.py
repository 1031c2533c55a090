"""Load + complete + run + save, without a database: our interpreter against the plain library.

Both play the same procedure from the same place; the plain library runs with the serializer that
it ships. Times are processor time of this thread, so that a busy machine changes them little.
"""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bench.engine_model import PROCESS_ID, review_model
from engine.bpmn import Interpreter, read_model
from engine.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOW: Final = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
#: From filling in to the third review, which returns: a loop of eight shapes. With it the library
#: is near its cliff (124 returns), and its state is as large as in our first measurements.
_WAY: Final = ("complete", "approve", "approve")
_RETURN: Final = "return"
_APPROVAL: Final = "approve"
#: Cycles per sample; the first after something else ran would find cold caches.
_BLOCK: Final = 20


class Player(Protocol):
    """Something that plays the procedure of ``engine_model``."""

    def begin(self) -> str:
        """Start an instance; returns its state document, waiting at ``fill``."""

    def cycle(self, state: str, outcome: str) -> str:
        """Load, complete the one user task that waits, run on, save."""

    def after(self, outcomes: Sequence[str]) -> str:
        """Return the state of a new instance after these completions; nobody times the way."""


class OurPlayer:
    """The interpreter of this project."""

    def __init__(self) -> None:
        """Read the model once, as a deployment does."""
        self._model = read_model(review_model(plain=False), "bench.bpmn")

    def begin(self) -> str:
        """Start an instance."""
        return Interpreter.start(self._model, {}, now=_NOW).dump()

    def cycle(self, state: str, outcome: str) -> str:
        """Complete one user task."""
        interpreter = Interpreter.load(self._model, state)
        interpreter.complete(interpreter.waits()[0].token_id, {"outcome": outcome}, now=_NOW)
        interpreter.take_events()
        return interpreter.dump()

    def after(self, outcomes: Sequence[str]) -> str:
        """Play a new instance."""
        state = self.begin()
        for outcome in outcomes:
            state = self.cycle(state, outcome)
        return state


class StockPlayer:
    """The library as it comes: stock workflow, stock script engine, stock serializer."""

    def __init__(self) -> None:
        """Read the model once."""
        parser = BpmnParser()
        parser.add_bpmn_xml(parse_xml(review_model(plain=True)))
        self._spec = parser.get_spec(PROCESS_ID)
        self._serializer = BpmnWorkflowSerializer()

    def begin(self) -> str:
        """Start an instance."""
        return self.after(())

    def cycle(self, state: str, outcome: str) -> str:
        """Complete one user task."""
        workflow: Any = self._serializer.deserialize_json(state)
        self._complete(workflow, outcome)
        return str(self._serializer.serialize_json(workflow))

    def after(self, outcomes: Sequence[str]) -> str:
        """Play a new instance without saving between: its state would be the same, hours later."""
        workflow: Any = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        for outcome in outcomes:
            self._complete(workflow, outcome)
        return str(self._serializer.serialize_json(workflow))

    def _complete(self, workflow: Any, outcome: str) -> None:
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data["outcome"] = outcome
        task.run()
        workflow.do_engine_steps()


@dataclass(frozen=True)
class CycleFigures:
    """What was found.

    Attributes:
        cycle_ratio_fresh: the library's time divided by ours, no returns so far.
        cycle_ratio_100: the same after 100 returns.
        growth_1000: our time after 1,000 returns divided by our fresh time.
        state_bytes: our state document after 1,000 returns, routing variables aside.
        our_ms: our fresh time, milliseconds.
        stock_ms: the library's, fresh and after 100 returns.
    """

    cycle_ratio_fresh: float
    cycle_ratio_100: float
    growth_1000: float
    state_bytes: int
    our_ms: float
    stock_ms: tuple[float, float]


def measure_cycles(*, rounds: int = 20) -> CycleFigures:
    """Compare the two; ``rounds`` (≥ 1) samples each, taken alternately."""
    ours, stock = OurPlayer(), StockPlayer()
    fresh, worn = _after(ours, 0), _after(ours, 100)
    our_time, stock_time = _alternately([(ours, fresh), (stock, _after(stock, 0))], rounds)
    worn_time, stock_worn = _alternately([(ours, worn), (stock, _after(stock, 100))], rounds)
    old = _after(ours, 1000)
    new_time, old_time = _alternately([(ours, fresh), (ours, old)], rounds * 5)
    return CycleFigures(
        cycle_ratio_fresh=round(stock_time / our_time, 1),
        cycle_ratio_100=round(stock_worn / worn_time, 1),
        growth_1000=round(old_time / new_time, 3),
        state_bytes=max(len(state.encode()) for state in (fresh, old)) - _variables_size(),
        our_ms=round(our_time * 1000, 3),
        stock_ms=(round(stock_time * 1000, 2), round(stock_worn * 1000, 2)),
    )


def _after(player: Player, returns: int) -> str:
    """Return the state of an instance that waits at the third review after so many returns."""
    return player.after((*((*_WAY, _RETURN) * returns), *_WAY))


def _alternately(cases: Sequence[tuple[Player, str]], rounds: int) -> list[float]:
    """Return the median seconds of an approval per case; a sample is the best of a block."""
    taken: list[list[float]] = [[] for _ in cases]
    for _ in range(rounds):
        for times, (player, state) in zip(taken, cases, strict=True):
            times.append(min(_timed(player, state) for _ in range(_BLOCK)))
    return [statistics.median(times) for times in taken]


def _timed(player: Player, state: str) -> float:
    began = time.thread_time()
    player.cycle(state, _APPROVAL)
    return time.thread_time() - began


def _variables_size() -> int:
    return len(json.dumps({"outcome": _APPROVAL}, separators=(",", ":")))
