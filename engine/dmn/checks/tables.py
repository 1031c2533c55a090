"""The questions asked of every decision table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dmn.checks.gaps import check_gaps
from engine.dmn.checks.idle import check_idle_rows
from engine.dmn.checks.pairs import check_pairs
from engine.dmn.checks.space import TableSpace
from engine.feel import FeelLimitError
from engine.feel.scope import Run as Budget
from engine.feel.scope import current_run

if TYPE_CHECKING:
    from engine.dmn.findings import FindingLog
    from engine.dmn.table import CompiledTable


#: FEEL steps that the cells of one table may take while they are tried out.
MAX_STEPS: Final = 1_000_000


def check_table(table: CompiledTable, log: FindingLog) -> None:
    """Report gaps, overlaps and rows that never apply, each with an example input."""
    if not table.drawn.inputs or not table.drawn.rules:
        return
    budget = current_run.set(Budget(MAX_STEPS))
    try:
        _ask(table, log)
    except FeelLimitError:
        log.warn(
            "not-fully-checked",
            table.drawn.place,
            "决策表的条件过于复杂，未能检查；请简化条件单元格。",
            "The conditions of the table are too complex to be checked; simplify its cells.",
        )
    finally:
        current_run.reset(budget)


def _ask(table: CompiledTable, log: FindingLog) -> None:
    space = TableSpace(table)
    if space.is_empty:
        return
    if not table.has_default:
        check_gaps(space, log)
    check_pairs(space, log)
    check_idle_rows(space, log)
