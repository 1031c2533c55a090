"""Random days by the hundred: ``python -m tests.campaigns.days --models 500 --database sqlite``.

Each model lives through several days; a broken rule is printed with its seed, and the campaign
fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from random import Random

from tests.engine.bpmn.walks.walking import DifferenceError, Tally
from tests.engine.verbs.days.day import Day
from tests.engine.verbs.days.office import draw, office
from tests.support import databases


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a repeatable day, not a secret


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _differences(url: str, seeds: range, days: int, tally: Tally) -> int:
    found = 0
    with closing(office(url)) as embedded:
        for seed in seeds:
            procedure = draw(embedded, _random(seed), f"day{seed}")
            for day in range(days):
                try:
                    Day(embedded, procedure, _random(seed * 1_000 + day), tally).go()
                except DifferenceError as difference:
                    found += 1
                    _say(f"seed {seed}, day {day}: {difference}")
    return found


def main() -> int:
    """Live, print what was covered, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=500)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0, help="first seed")
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    asked = parser.parse_args()
    tally, started = Tally(), time.perf_counter()
    databases.begin_session()
    try:
        with databases.ThrowawayDatabases(asked.database).empty() as url:
            seeds = range(asked.seed, asked.seed + asked.models)
            found = _differences(url, seeds, asked.days, tally)
    finally:
        databases.end_session()
    for what, number in sorted(tally.counts.items()):
        _say(f"  {what}: {number}")
    took = time.perf_counter() - started
    _say(f"{asked.database}: {asked.models} models, {found} differences, {took:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
