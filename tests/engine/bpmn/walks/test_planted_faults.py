"""The walks see planted faults, and shrink a failing model to what the failure needs."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.engine.bpmn.walks.drawing import Flow, Level, Node
from tests.engine.bpmn.walks.faults import PLANTED, multi_instance_loses_one
from tests.engine.bpmn.walks.generator import EVERYTHING, JUMPS, model
from tests.engine.bpmn.walks.shrinking import shrink, size_of
from tests.engine.bpmn.walks.walking import DifferenceError, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Within so many models every fault must be seen.
MODELS = 50


def _difference(level: Level, seed: int) -> str:
    """Return what the walk disagreed about, ``""`` when nothing."""
    for path in range(2):
        try:
            walk(level, Random(seed * 1000 + path), jumps=True)  # noqa: S311 - repeatable
        except DifferenceError as difference:
            return difference.what
    return ""


def _differences() -> Iterator[str]:
    for seed in range(MODELS):
        for kinds in (EVERYTHING, JUMPS):
            yield _difference(model(Random(seed), kinds), seed)  # noqa: S311 - repeatable


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_seen(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)

    assert any(_differences())


def test_without_a_fault_nothing_is_seen() -> None:
    assert not any(_differences())


def test_a_failing_model_becomes_small(monkeypatch: pytest.MonkeyPatch) -> None:
    multi_instance_loses_one(monkeypatch)
    models = ((seed, model(Random(seed))) for seed in range(MODELS))  # noqa: S311 - repeatable
    seed, level = next((s, lev) for s, lev in models if _difference(lev, s) and size_of(lev) > 25)
    wanted = _difference(level, seed)

    smallest = shrink(level, lambda smaller: _difference(smaller, seed) == wanted)

    assert size_of(smallest) <= 6
    assert any(node.loop for _, node in smallest.everything())


def test_shrinking_keeps_a_model_that_needs_everything() -> None:
    nodes = [Node("start1", "start"), Node("task1", "task")]
    level = Level({node.id: node for node in nodes}, [Flow("f1", "start1", "task1")])

    assert shrink(level, lambda smaller: "task1" in smaller.nodes) == level
