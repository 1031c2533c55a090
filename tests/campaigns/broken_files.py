"""Breaks files by the thousand: ``python -m tests.campaigns.broken_files --seconds 600``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from random import Random

from tests.engine.bpmn.walks.broken_files import broken
from tests.engine.bpmn.walks.test_broken_files import outcome_of, start


def main() -> int:
    """Read broken files until time is over; print the first one that is no finding and no model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    random = Random(asked.seed)  # noqa: S311 - repeatable
    counts: Counter[str] = Counter()
    end = time.monotonic() + asked.seconds
    while time.monotonic() < end:
        data = broken(random.randrange)
        try:
            model = outcome_of(data)
            if model is not None:
                start(model)
        except BaseException:
            sys.stdout.write(data.decode() + "\n")
            raise
        counts["refused" if model is None else "model"] += 1
    sys.stdout.write(f"{dict(counts)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
