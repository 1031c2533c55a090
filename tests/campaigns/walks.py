"""Random walks by the thousand: ``python -m tests.campaigns.walks --models 2000 --paths 5``.

``--database sqlite`` or ``postgresql`` walks through the whole engine instead: commands, tables,
called instances, everything read anew before every step; every second model with jumps.

A difference is shrunk to a minimal model, printed, and makes the campaign fail.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from engine.embedded import Embedded
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.generator import EVERYTHING, JUMPS, STOCK, model
from tests.engine.bpmn.walks.on_database import Drawn
from tests.engine.bpmn.walks.shrinking import shrink, size_of
from tests.engine.bpmn.walks.stock import walk_with_stock
from tests.engine.bpmn.walks.walking import DifferenceError, Tally, walk
from tests.support import databases

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.walks.drawing import Level

    OnePath = Callable[[Level, Random], object]

#: Models that are deployed into one database.
_BLOCK: Final = 100


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a repeatable walk, not a secret


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _difference(level: Level, seed: int, paths: int, step: OnePath) -> DifferenceError | None:
    for path in range(paths):
        try:
            step(level, _random(seed * 1000 + path))
        except DifferenceError as difference:
            return difference
    return None


def _report(level: Level, seed: int, paths: int, step: OnePath, found: DifferenceError) -> None:
    def fails(smaller: Level) -> bool:
        try:
            again = _difference(smaller, seed, paths, step)
        except AssertionError:
            # What was left out made the drawing unsound: the judge itself refuses it.
            return False
        return again is not None and again.what == found.what

    smallest = shrink(level, fails)
    _say(f"seed {seed}: {found}; {size_of(level)} elements shrunk to {size_of(smallest)}")
    _say(str(_difference(smallest, seed, paths, step)))
    _say(file_of(smallest).decode().replace("><", ">\n<"))


def _campaign(name: str, kinds: tuple[str, ...], seeds: range, paths: int, step: OnePath) -> int:
    started, differences, elements = time.perf_counter(), 0, 0
    for seed in seeds:
        level = model(_random(seed), kinds)
        elements += size_of(level)
        found = _difference(level, seed, paths, step)
        if found is not None:
            differences += 1
            _report(level, seed, paths, step, found)
    took = time.perf_counter() - started
    _say(
        f"{name}: {len(seeds)} models, {elements} elements, {len(seeds) * paths} walks,"
        f" {differences} differences, {took:.0f} s"
    )
    return differences


def _through_database(kind: str, seeds: range, paths: int, tally: Tally) -> int:
    """Walk through an engine on a throw-away database; a new one after every block of models."""
    started, differences = time.perf_counter(), 0
    databases.begin_session()
    try:
        empty = databases.ThrowawayDatabases(kind)
        for first in range(seeds.start, seeds.stop, _BLOCK):
            with empty.empty() as url:
                block = range(first, min(first + _BLOCK, seeds.stop))
                differences += _block(url, block, paths, tally)
    finally:
        databases.end_session()
    took = time.perf_counter() - started
    _say(
        f"{kind}: {len(seeds)} models, {len(seeds) * paths} walks, {differences} differences,"
        f" {took:.0f} s"
    )
    return differences


def _block(url: str, seeds: range, paths: int, tally: Tally) -> int:
    differences = 0
    with closing(Embedded(database_url=url)) as embedded:
        for seed in seeds:
            jumps = seed % 2 == 1
            drawn = Drawn(
                embedded, model(_random(seed), JUMPS if jumps else EVERYTHING), f"w{seed}"
            )
            step = partial(_walk_drawn, drawn, tally, jumps)
            for path in range(paths):
                try:
                    step(_random(seed * 1000 + path))
                except DifferenceError as difference:
                    differences += 1
                    _say(f"seed {seed}, path {path}: {difference}")
    return differences


def _walk_drawn(drawn: Drawn, tally: Tally, jumps: bool, random: Random) -> None:
    drawn.walk(random, tally, jumps=jumps)


def main() -> int:
    """Walk, print what was covered, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--paths", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0, help="first seed")
    parser.add_argument("--database", choices=databases.KINDS, help="walk through the engine")
    asked = parser.parse_args()
    seeds, paths, tally = range(asked.seed, asked.seed + asked.models), asked.paths, Tally()
    if asked.database:
        found = _through_database(asked.database, seeds, paths, tally)
    else:
        found = _in_memory(seeds, paths, tally)
    for what, number in sorted(tally.counts.items()):
        _say(f"  {what}: {number}")
    return 1 if found else 0


def _in_memory(seeds: range, paths: int, tally: Tally) -> int:
    found = _campaign("token model", EVERYTHING, seeds, paths, lambda m, r: walk(m, r, tally))
    found += _campaign("jumps", JUMPS, seeds, paths, lambda m, r: walk(m, r, tally, jumps=True))
    for kinds in STOCK:
        some = seeds[: max(1, len(seeds) // len(STOCK))]
        found += _campaign(f"library, {kinds[-1]}", kinds, some, paths, walk_with_stock)
    return found


if __name__ == "__main__":
    sys.exit(main())
