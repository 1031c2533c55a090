"""What is reported: rates, latencies, statements and commits per completion."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Figures:
    """Samples of one run.

    Attributes:
        label: what was measured, e.g. ``sqlite``.
        seconds: wall time of the measured part.
        latencies: seconds per completion.
        pages: seconds per page that was read first; empty for the engine alone.
        statements: statements per completion; empty for HTTP.
        commits: commits per completion; empty for HTTP.
    """

    label: str
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the report; latencies in milliseconds."""
        count = len(self.latencies)
        report: dict[str, Any] = {
            "label": self.label,
            "completions": count,
            "seconds": round(self.seconds, 3),
            "completions_per_second": round(count / self.seconds, 1) if self.seconds else None,
            "latency_ms": percentiles(self.latencies),
        }
        if self.pages:
            report["page_latency_ms"] = percentiles(self.pages)
        if self.statements:
            report["statements_per_completion"] = {
                "mean": round(sum(self.statements) / len(self.statements), 2),
                "max": max(self.statements),
            }
            report["commits_per_completion"] = {
                "min": min(self.commits),
                "max": max(self.commits),
            }
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
