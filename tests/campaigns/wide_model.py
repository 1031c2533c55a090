"""Times a model of 500 elements: ``python -m tests.campaigns.wide_model``."""

from __future__ import annotations

import sys
import time
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from engine.bpmn import lint_model, read_model
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.test_limits import five_hundred
from tests.engine.bpmn.walks.walking import Case

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9


def _milliseconds(what: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        what()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def main() -> int:
    """Print reading, checking, first start with compilation, and one saved and loaded step."""
    level = five_hundred()
    data = file_of(level)
    model = read_model(data)
    random = Random(0)  # noqa: S311 - repeatable
    case = Case(model, 0)

    def step() -> None:
        if not case.now.is_completed:
            places = [place for place in sorted(case.waits()) if "boundary" not in place[0]]
            case.act(random.choice(places), 99)

    sys.stdout.write(
        f"{len(model.elements)} elements, {len(data)} bytes\n"
        f"read {_milliseconds(lambda: read_model(data)):.1f} ms\n"
        f"lint {_milliseconds(lambda: lint_model(data)):.1f} ms\n"
        f"read and first start {_milliseconds(lambda: Case(read_model(data), 0)):.1f} ms\n"
        f"start {_milliseconds(lambda: Case(model, 0)):.2f} ms\n"
        f"load, step, save {_milliseconds(step):.2f} ms\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
