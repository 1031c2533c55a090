"""Inputs that no row covers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from engine.dmn.checks.cover import Search

if TYPE_CHECKING:
    from engine.dmn.checks.space import Box, TableSpace
    from engine.dmn.findings import FindingLog

#: Gaps shown per table; more appear when these are closed.
MAX_SHOWN: Final = 20

#: Uncovered inputs that are looked at to find different causes.
MAX_SEEN: Final = 2_000

#: The columns, with a region each, that are enough to leave every row out.
Cause = tuple[tuple[int, int], ...]


def check_gaps(space: TableSpace, log: FindingLog) -> None:
    """Report groups of inputs that no row covers, one example for each different cause."""
    search = Search(space.columns)
    causes: set[Cause] = set()
    for box in islice(search.uncovered(space.every_row), MAX_SEEN):
        cause = _cause(space, box)
        if cause not in causes:
            causes.add(cause)
            _report(space, box, cause, log)
        if len(causes) >= MAX_SHOWN:
            break
    if search.exhausted:
        log.warn(
            "not-fully-checked",
            space.drawn.place,
            "决策表过大，未能检查全部组合；建议拆成几张表。",
            "The table is too large to check every combination; consider splitting it.",
        )


def _cause(space: TableSpace, box: Box) -> Cause:
    needed = dict(enumerate(box))
    for column in range(len(box)):
        others = {other: region for other, region in needed.items() if other != column}
        rows = space.every_row
        for other, region in others.items():
            rows &= space.columns[other].may[region]
        if not rows:
            needed = others
    return tuple(needed.items())


def _report(space: TableSpace, box: Box, cause: Cause, log: FindingLog) -> None:
    shown = space.example(box)
    columns = "、".join(space.columns[column].text for column, _ in cause)
    log.warn(
        "gap",
        space.drawn.place,
        f"没有规则覆盖这种情况（取决于 {columns}），例如：{shown}。"
        "请补充规则或默认值，或在输入列写明允许值。",
        f"No rule covers this case (it depends on {columns}), for example: {shown}. Add a rule "
        "or a default, or state the allowed values of the inputs.",
    )
