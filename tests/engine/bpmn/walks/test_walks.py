"""Random walks: the interpreter, reloaded before every step, against token model and library.

The campaign ``python -m tests.campaigns.walks`` does the same with thousands of models.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.engine.bpmn.walks.generator import EVERYTHING, JUMPS, STOCK, model
from tests.engine.bpmn.walks.stock import walk_with_stock
from tests.engine.bpmn.walks.walking import Tally, walk

MODELS = 200
PATHS = 2
#: What every run of the suite must have done at least once.
COVERED = (
    "step task",
    "step call",
    "step catch message",
    "step boundary timer",
    "step boundary message",
    "step start message",
    "step error caught",
    "step error uncaught",
)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a repeatable walk, not a secret


def test_walks_agree_with_the_token_model() -> None:
    tally = Tally()

    for seed in range(MODELS):
        level = model(_random(seed), EVERYTHING)
        for path in range(PATHS):
            walk(level, _random(seed * 1000 + path), tally)

    assert tally.counts["walks"] == MODELS * PATHS
    assert [what for what in COVERED if not tally.counts[what]] == []


def test_jumps_agree_with_the_token_model() -> None:
    tally = Tally()

    for seed in range(MODELS):
        level = model(_random(seed), JUMPS)
        for path in range(PATHS):
            walk(level, _random(seed * 1000 + path), tally, jumps=True)

    assert tally.counts["walks"] == MODELS * PATHS
    assert sum(n for what, n in tally.counts.items() if what.startswith("jump")) > MODELS
    assert tally.counts["there and back"] > MODELS // 2


@pytest.mark.parametrize("kinds", STOCK, ids=lambda kinds: kinds[-1])
def test_walks_agree_with_the_library_where_it_is_right(kinds: tuple[str, ...]) -> None:
    steps = 0

    for seed in range(MODELS // len(STOCK)):
        level = model(_random(seed), kinds)
        for path in range(PATHS):
            steps += walk_with_stock(level, _random(seed * 1000 + path))

    assert steps > MODELS


@pytest.mark.parametrize("seed", range(3))
def test_a_model_is_the_same_for_the_same_seed(seed: int) -> None:
    assert model(_random(seed)) == model(_random(seed))
