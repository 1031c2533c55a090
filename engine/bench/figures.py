"""What is reported: rates, latencies, statements and commits per completion."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One completion.

    Attributes:
        step: BPMN id of the user task.
        seconds: from sending the completion to its answer.
        page_seconds: for the task page read before, 0 for the engine alone.
        statements: sent to the database, without those that begin and end transactions.
        commits: transactions that were committed.
    """

    step: str
    seconds: float
    page_seconds: float = 0.0
    statements: int = 0
    commits: int = 0


@dataclass
class Figures:
    """Samples of one run.

    Attributes:
        label: what was measured, e.g. ``sqlite``.
        seconds: time that the rate is divided by.
        samples: one per completion.
    """

    label: str
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def busy_seconds(self) -> float:
        """Sum of all times, pages included."""
        return sum(sample.seconds + sample.page_seconds for sample in self.samples)

    def to_json(self) -> dict[str, Any]:
        """Return the report; latencies in milliseconds."""
        count = len(self.samples)
        report: dict[str, Any] = {
            "label": self.label,
            "completions": count,
            "seconds": round(self.seconds, 3),
            "completions_per_second": round(count / self.seconds, 1) if self.seconds else None,
            "latency_ms": percentiles([sample.seconds for sample in self.samples]),
        }
        if any(sample.page_seconds for sample in self.samples):
            report["page_latency_ms"] = percentiles(
                [sample.page_seconds for sample in self.samples]
            )
        if any(sample.statements for sample in self.samples):
            report["statements_per_completion"] = _spread(
                [sample.statements for sample in self.samples]
            )
            report["commits_per_completion"] = _spread([sample.commits for sample in self.samples])
        report["steps"] = {step: self._of_step(step) for step in self._steps()}
        return report

    def _steps(self) -> list[str]:
        return list(dict.fromkeys(sample.step for sample in self.samples))

    def _of_step(self, step: str) -> dict[str, Any]:
        mine = [sample for sample in self.samples if sample.step == step]
        report: dict[str, Any] = {"p50_ms": percentiles([item.seconds for item in mine])["p50"]}
        if mine[0].statements:
            report["statements"] = max(item.statements for item in mine)
        return report


def percentiles(samples: Sequence[float]) -> dict[str, float]:
    """Return p50, p95, p99 (nearest rank) and the maximum, in milliseconds."""
    if not samples:
        return {}
    ordered = sorted(samples)

    def rank(share: float) -> float:
        position = max(1, math.ceil(share * len(ordered)))
        return round(ordered[position - 1] * 1000, 2)

    return {
        "p50": rank(0.50),
        "p95": rank(0.95),
        "p99": rank(0.99),
        "max": round(ordered[-1] * 1000, 2),
    }


def _spread(counts: Sequence[int]) -> dict[str, float]:
    return {
        "min": min(counts),
        "median": statistics.median(counts),
        "mean": round(statistics.fmean(counts), 2),
        "max": max(counts),
    }
