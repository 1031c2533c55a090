"""``procureflow bench`` measures a whole throw-away installation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_steps_are_reported(run: Callable[..., tuple[int, str, str]]) -> None:
    status, said, _ = run("bench", "steps", "--json", "--matters", "1", "--database", "sqlite")

    report = json.loads(said)
    (result,) = report["results"]
    assert (status, report["bench"], result["label"]) == (0, "steps", "sqlite")
    assert result["commits_per_completion"]["max"] == 1
    assert result["completions"] == len(result["steps"])
    assert result["completions_per_second"] > 0


def test_http_plays_the_same_matter_through_pages(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    status, said, _ = run("bench", "http", "--json", "--matters", "1", "--database", "sqlite")

    (result,) = json.loads(said)["results"]
    assert status == 0
    assert result["completions"] == len(result["steps"]) >= 5
    assert result["page_latency_ms"]["p50"] > 0
