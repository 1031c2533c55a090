"""``procureflow bench engine`` reports every key that has a goal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = {
    "cycle_ratio_fresh",
    "cycle_ratio_100",
    "growth_1000",
    "state_bytes",
    "statements",
    "commits",
    "db_ratio",
    "start_s",
    "idle_cpu",
    "timer_late_s",
}


def test_every_figure_is_reported(run: Callable[..., tuple[int, str, str]]) -> None:
    status, said, _ = run(
        "bench",
        "engine",
        "--json",
        *("--matters", "1", "--database", "sqlite", "--instances", "20"),
        *("--rounds", "1", "--seconds", "1"),
    )

    report = json.loads(said)
    assert status == 0
    assert set(report) >= KEYS | {"missed", "cycles", "databases"}
    assert report["state_bytes"] <= 1024
    # a machine that does much else at once measures unevenly: half of the goals
    assert report["cycle_ratio_fresh"] >= 5
    assert report["cycle_ratio_100"] >= 100
    assert report["growth_1000"] <= 2.4
    assert report["statements"] <= 13
    assert report["commits"] == 1
    assert report["databases"]["sqlite"]["instances"] == 20
    assert 0 <= report["timer_late_s"] < 30
