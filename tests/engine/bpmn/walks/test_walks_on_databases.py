"""The same walks through the whole engine: commands, tables, worker; SQLite and PostgreSQL."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from engine.embedded import Embedded
from tests.engine.bpmn.walks.generator import EVERYTHING, JUMPS, model
from tests.engine.bpmn.walks.on_database import Drawn
from tests.engine.bpmn.walks.walking import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

#: 200 models with two paths each, in blocks that several processes can share.
BLOCKS = 10
MODELS = 20
PATHS = 2


@pytest.fixture
def embedded(engine_database_url: str) -> Iterator[Embedded]:
    found = Embedded(database_url=engine_database_url)
    yield found
    found.close()


@pytest.mark.parametrize("block", range(BLOCKS))
def test_walks_through_the_database_agree(embedded: Embedded, block: int) -> None:
    tally = Tally()

    for seed in range(block * MODELS, (block + 1) * MODELS):
        jumps = seed % 2 == 1
        random = Random(seed)  # noqa: S311 - a repeatable walk
        drawn = Drawn(embedded, model(random, JUMPS if jumps else EVERYTHING), f"walk{seed}")
        for path in range(PATHS):
            drawn.walk(Random(seed * 1_000 + path), tally, jumps=jumps)  # noqa: S311 - repeatable

    assert tally.counts["walks"] == MODELS * PATHS
    assert sum(n for what, n in tally.counts.items() if what.startswith("jump")) > 0
