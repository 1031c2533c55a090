"""``procureflow bench engine``: the interpreter, the database and the waiting, in one report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.bench.engine_cycle import CycleFigures, measure_cycles
from engine.bench.engine_idle import IdleFigures, measure_idle
from engine.bench.engine_rows import RowFigures, measure_rows

if TYPE_CHECKING:
    from engine.bench.scenario import Scenario
    from engine.runtime import Engine
    from engine.settings import Settings

__all__ = ["EngineFigures", "Extent", "Goal", "goals", "measure_cycles", "measure_engine", "report"]


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much is measured.

    Attributes:
        matters: how many are played, ≥ 1.
        instances: how many only wait, ≥ 10.
        seconds: for which a server is watched while nothing is due.
    """

    matters: int = 50
    instances: int = 100_000
    seconds: float = 20.0


@dataclass(frozen=True)
class EngineFigures:
    """What one database gave: a completion's cost and what waiting costs."""

    label: str
    rows: RowFigures
    idle: IdleFigures


@dataclass(frozen=True)
class Goal:
    """One line of the report.

    Attributes:
        key: name in the JSON.
        value: of the worst database.
        limit: the goal.
        at_least: the value must reach the limit; else it must stay below it.
    """

    key: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def measure_engine(
    engine: Engine,
    settings: Settings,
    scenario: Scenario,
    label: str,
    extent: Extent,
) -> EngineFigures:
    """Measure one installation.

    Args:
        engine: a prepared installation.
        settings: its settings, for a server process on the same data.
        scenario: the matter whose approvals are timed.
        label: name of the database in the report.
        extent: how much.
    """
    rows = measure_rows(engine, scenario, matters=extent.matters)
    idle = measure_idle(engine, settings, instances=extent.instances, seconds=extent.seconds)
    return EngineFigures(label, rows, idle)


def goals(cycles: CycleFigures, databases: list[EngineFigures]) -> list[Goal]:
    """Return the figures that have goals, of the worst database each."""
    rows = [figures.rows for figures in databases]
    idle = [figures.idle for figures in databases]
    return [
        Goal("cycle_ratio_fresh", cycles.cycle_ratio_fresh, 10, at_least=True),
        Goal("cycle_ratio_100", cycles.cycle_ratio_100, 200, at_least=True),
        Goal("growth_1000", cycles.growth_1000, 1.2),
        Goal("state_bytes", cycles.state_bytes, 1024),
        Goal("statements", max(item.statements for item in rows), 12),
        Goal("commits", max(item.commits for item in rows), 1),
        Goal("db_ratio", max(item.db_ratio for item in rows), 2.5),
        Goal("start_s", max(item.start_s for item in idle), 5),
        Goal("idle_cpu", max(item.idle_cpu for item in idle), 0.01),
        Goal("timer_late_s", max(item.timer_late_s for item in idle), 2),
    ]


def report(cycles: CycleFigures, databases: list[EngineFigures]) -> dict[str, Any]:
    """Return the JSON report: the keys of the goals, then everything per database."""
    found = goals(cycles, databases)
    return {
        "bench": "engine",
        **{goal.key: goal.value for goal in found},
        "missed": [goal.key for goal in found if not goal.met],
        "cycles": vars(cycles),
        "databases": {
            figures.label: {**vars(figures.rows), **vars(figures.idle)} for figures in databases
        },
    }
