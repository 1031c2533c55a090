"""``make chaos``: kill and pause the product under load, on both databases, then judge.

``python -m tests.chaos.campaign --seconds 180`` also plants every fault (``--fault-seconds``) and
prints how many the checker noticed; exit status 1 when a promise was broken or a fault was missed.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.chaos.checker import Evidence, violations
from tests.chaos.faults import FAULTS
from tests.chaos.installation import Fleet, furnish
from tests.chaos.people import Crowd
from tests.support import databases
from tests.support.databases import KINDS, ThrowawayDatabases

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds between two strikes.
_BETWEEN: Final = (0.2, 3.0)
#: Seconds without a step after which what is open is stuck.
_DRAIN: Final = 30.0
_FAULT_DRAIN: Final = 12.0


@dataclass(frozen=True)
class Verdict:
    """What one campaign came to.

    Attributes:
        found: broken promises.
        answered: requests that changed something and were answered.
        matters: instances that were started.
        steps: completed elements.
        kills: SIGKILLs of servers and workers.
        pauses: workers that were stopped until their lease had lapsed.
    """

    found: list[str]
    answered: int
    matters: int
    steps: int
    kills: int
    pauses: int


def run(
    url: str, seconds: float, *, fault: str = "", drain: float = _DRAIN, size: int = 2
) -> Verdict:
    """Strike for ``seconds``, let everything come to its end, judge.

    Args:
        url: a furnished database.
        seconds: of load with kills.
        fault: planted in every process.
        drain: seconds without a step after which what is open is stuck.
        size: servers, and as many workers.
    """
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        fleet = Fleet(url, Path(name), fault=fault, size=size)
        crowd = Crowd(fleet.addresses)
        try:
            fleet.start()
            crowd.start()
            _strike(fleet, seconds)
            crowd.start_nothing_more()
            fleet.calm()
            _await_rest(url, fleet.effects, drain)
        finally:
            crowd.stop()
            fleet.stop()
        found = violations(url, fleet.effects, crowd.notes)
        if found:
            # Only to explain: a database that goes away mid-sentence is noted by those who asked.
            found += sorted(set(fleet.errors()))
        rows = Evidence(url, fleet.effects).rows
        steps = sum(row.event == "completed" for row in rows["element_history"])
        matters = len(rows["process_instance"])
        return Verdict(found, len(crowd.notes.told), matters, steps, fleet.kills, fleet.pauses)


def _strike(fleet: Fleet, seconds: float) -> None:
    rhythm = random.Random(11)  # noqa: S311 - a repeatable campaign
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(left, rhythm.uniform(*_BETWEEN)))
        fleet.strike()


def _await_rest(url: str, effects: Path, patience: float) -> None:
    deadline, steps = time.monotonic() + patience, 0
    while time.monotonic() < deadline:
        time.sleep(0.5)
        evidence = Evidence(url, effects)
        if not evidence.open_count():
            return
        # A loaded machine is slow, not stuck: only standing still is.
        if len(evidence.rows["element_history"]) > steps:
            deadline, steps = time.monotonic() + patience, len(evidence.rows["element_history"])


@contextmanager
def furnished(kind: str) -> Iterator[str]:
    """Give the URL of a furnished throw-away database."""
    with ThrowawayDatabases(kind).copy("chaos", furnish) as url:
        yield url


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="kill -9 under load, on both databases")
    parser.add_argument("--seconds", type=float, default=180.0, help="of strikes per database")
    parser.add_argument("--fault-seconds", type=float, default=12.0, help="of strikes per fault")
    parser.add_argument("--database", choices=("all", *KINDS), default="all")
    parser.add_argument("--fault-database", choices=KINDS, default="sqlite")
    parser.add_argument("--faults", nargs="*", choices=sorted(FAULTS), help="default: every one")
    return parser.parse_args()


def _judge_product(kinds: tuple[str, ...], seconds: float) -> bool:
    clean = True
    for kind in kinds:
        with furnished(kind) as url:
            verdict = run(url, seconds)
        _say(
            f"{kind}: {verdict.kills} kills, {verdict.pauses} lost leases, {verdict.matters}"
            f" matters, {verdict.steps} steps, {verdict.answered} answered requests,"
            f" {len(verdict.found)} violations"
        )
        for violation in verdict.found[:20]:
            _say(f"  {violation}")
        clean = clean and not verdict.found
    return clean


def _judge_checker(names: list[str], kind: str, seconds: float) -> bool:
    killed = 0
    for name in names:
        with furnished(kind) as url:
            verdict = run(url, seconds, fault=name, drain=_FAULT_DRAIN)
        killed += bool(verdict.found)
        what = verdict.found[0] if verdict.found else "NOT NOTICED"
        _say(f"fault {name}: {len(verdict.found)} violations, first: {what[:150]}")
    _say(f"planted faults noticed: {killed}/{len(names)}")
    return killed == len(names)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run the campaign that the command line asks for."""
    options = _options()
    # Ended by SIGTERM it must take its processes with it, as it does for Ctrl+C.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    databases.begin_session()
    try:
        kinds = KINDS if options.database == "all" else (options.database,)
        clean = _judge_product(kinds, options.seconds) if options.seconds else True
        names = sorted(FAULTS) if options.faults is None else options.faults
        sharp = _judge_checker(names, options.fault_database, options.fault_seconds)
    finally:
        databases.end_session()
    return 0 if clean and sharp else 1


if __name__ == "__main__":
    sys.exit(main())
