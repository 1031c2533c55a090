"""The questions asked of every decision table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.checks.gaps import check_gaps
from engine.dmn.checks.idle import check_idle_rows
from engine.dmn.checks.pairs import check_pairs
from engine.dmn.checks.space import TableSpace

if TYPE_CHECKING:
    from engine.dmn.findings import FindingLog
    from engine.dmn.table import CompiledTable


def check_table(table: CompiledTable, log: FindingLog) -> None:
    """Report gaps, overlaps and rows that never apply, each with an example input."""
    if not table.drawn.inputs or not table.drawn.rules:
        return
    space = TableSpace(table)
    if space.is_empty:
        return
    if not table.has_default:
        check_gaps(space, log)
    check_pairs(space, log)
    check_idle_rows(space, log)
