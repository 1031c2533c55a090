"""Rows that never match, or that stronger rows always win over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.boxed import HitPolicy
from engine.dmn.checks.cover import MAX_STEPS, Search
from engine.dmn.column_index import bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dmn.boxed import Rule
    from engine.dmn.checks.space import TableSpace
    from engine.dmn.findings import FindingLog


def check_idle_rows(space: TableSpace, log: FindingLog) -> None:
    """Report rows whose condition holds no possible value, and rows hidden by stronger ones."""
    steps = MAX_STEPS
    for row, rule in enumerate(space.drawn.rules):
        empty = [column.text for column in space.columns if not column.possible_boxes[row]]
        if empty:
            _report_impossible(rule, empty, log)
            continue
        stronger = _stronger(space, row)
        if stronger and steps > 0:
            search = Search(space.columns, space.possible_box(row), sure=True, steps=steps)
            hidden = next(search.uncovered(stronger), None) is None and not search.exhausted
            steps = search.steps
            if hidden:
                _report_hidden(space, rule, _hiding(space, row, stronger), log)


def _stronger(space: TableSpace, row: int) -> int:
    """Return the rows (bit set) that win over ``row`` wherever both match."""
    if space.drawn.hit_policy is HitPolicy.FIRST:
        return (1 << row) - 1
    ranks = space.table.constant_ranks
    own = ranks[row]
    if own is None:
        return 0
    return sum(
        1 << other
        for other, rank in enumerate(ranks)
        if rank is not None and other != row and (rank, other) < (own, row)
    )


def _hiding(space: TableSpace, row: int, stronger: int) -> list[int]:
    """Return the numbers of the stronger rows that have to do with the hidden one."""
    box = space.possible_box(row)
    return [other + 1 for other in bits(stronger) if _meets(box, space.possible_box(other))]


def _meets(left: Sequence[int], right: Sequence[int]) -> bool:
    return all(one & other for one, other in zip(left, right, strict=True))


def _report_impossible(rule: Rule, empty: list[str], log: FindingLog) -> None:
    columns = "、".join(empty)
    log.warn(
        "unreachable-rule",
        rule.place,
        f"规则 {rule.number} 永远不会命中：“{columns}”的条件不含任何允许值，"
        "请更正条件或删除该规则。",
        f"Rule {rule.number} can never match: its condition on {columns!r} holds no allowed "
        "value; correct or delete it.",
    )


def _report_hidden(space: TableSpace, rule: Rule, hiding: list[int], log: FindingLog) -> None:
    numbers = "、".join(str(number) for number in hiding)
    sampled = any(column.sampled for column in space.columns)
    note_zh, note_en = ("（按样本值判断）", " (judged by sample values)") if sampled else ("", "")
    log.warn(
        "unreachable-rule",
        rule.place,
        f"规则 {rule.number} 永远不会生效：规则 {numbers} 总是优先{note_zh}。请调整顺序或删除。",
        f"Rule {rule.number} never takes effect: rules {numbers} always win{note_en}; reorder or "
        "delete it.",
    )
