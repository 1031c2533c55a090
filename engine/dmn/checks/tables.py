"""The questions asked of every decision table, and their findings."""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING, Final

from engine.dmn.boxed import HitPolicy
from engine.dmn.checks.cover import Search
from engine.dmn.checks.space import ColumnSpace, spaces_of
from engine.dmn.trace import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dmn.boxed import Rule
    from engine.dmn.checks.cover import Box
    from engine.dmn.findings import FindingLog
    from engine.dmn.table import CompiledTable

#: Findings of one kind per table; the rest follows when these are repaired.
MAX_SHOWN: Final = 20

#: Uncovered inputs that are looked at to find different causes.
MAX_SEEN: Final = 2_000

#: Tables with more rows are not compared pair by pair.
MAX_PAIRED_ROWS: Final = 2_000

_EXCLUSIVE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})


def check_table(table: CompiledTable, log: FindingLog) -> None:
    """Report gaps, overlaps and rows that never apply, each with an example input."""
    if not table.drawn.inputs or not table.drawn.rules:
        return
    _TableCheck(table, log).run()


class _TableCheck:
    def __init__(self, table: CompiledTable, log: FindingLog) -> None:
        self._table = table
        self._drawn = table.drawn
        self._log = log
        self._spaces: list[ColumnSpace] = spaces_of(table)
        self._count = len(table.drawn.rules)
        self._idle: set[int] = set()

    def run(self) -> None:
        """Ask every question; without any possible input there is nothing to ask."""
        if not all(space.regions for space in self._spaces):
            return
        self._report_idle_rows()
        if not self._table.has_default:
            self._report_gaps()
        if self._drawn.hit_policy in _EXCLUSIVE and self._count <= MAX_PAIRED_ROWS:
            self._report_overlaps()
        if self._drawn.hit_policy in {HitPolicy.FIRST, HitPolicy.PRIORITY}:
            self._report_hidden_rows()

    def _report_idle_rows(self) -> None:
        """Rows with a cell that accepts no possible value."""
        for row, rule in enumerate(self._drawn.rules):
            empty = [space.text for space in self._spaces if not space.possible(row)]
            if empty:
                self._idle.add(row)
                columns = "、".join(empty)
                self._log.warn(
                    "unreachable-rule",
                    rule.place,
                    f"规则 {rule.number} 永远不会命中：“{columns}”的条件不含任何允许值，"
                    "请更正条件或删除该规则。",
                    f"Rule {rule.number} can never match: its condition on {columns!r} holds no "
                    "allowed value; correct or delete it.",
                )

    def _report_gaps(self) -> None:
        search = Search(self._spaces)
        causes: set[tuple[tuple[int, int], ...]] = set()
        for box in islice(search.uncovered((1 << self._count) - 1), MAX_SEEN):
            cause = self._cause(box)
            if cause not in causes:
                causes.add(cause)
                self._report_gap(box, cause)
            if len(causes) >= MAX_SHOWN:
                break
        if search.exhausted:
            self._log.warn(
                "not-fully-checked",
                self._drawn.place,
                "决策表过大，未能检查全部组合；建议拆成几张表。",
                "The table is too large to check every combination; consider splitting it.",
            )

    def _cause(self, box: Box) -> tuple[tuple[int, int], ...]:
        """Return the columns, with their regions, that are enough to leave every row out."""
        needed = dict(enumerate(box))
        for column in range(len(box)):
            others = {other: region for other, region in needed.items() if other != column}
            rows = (1 << self._count) - 1
            for other, region in others.items():
                rows &= self._spaces[other].may[region]
            if not rows:
                needed = others
        return tuple(needed.items())

    def _report_gap(self, box: Box, cause: tuple[tuple[int, int], ...]) -> None:
        shown = self._example(box)
        columns = "、".join(self._spaces[column].text for column, _ in cause)
        self._log.warn(
            "gap",
            self._drawn.place,
            f"没有规则覆盖这种情况（取决于 {columns}），例如：{shown}。"
            "请补充规则或默认值，或在输入列写明允许值。",
            f"No rule covers this case (it depends on {columns}), for example: {shown}. Add a "
            "rule or a default, or state the allowed values of the inputs.",
        )

    def _report_overlaps(self) -> None:
        accepted = [[space.of_row(row) for space in self._spaces] for row in range(self._count)]
        shown = 0
        for first, second in combinations(range(self._count), 2):
            common = _common(accepted[first], accepted[second])
            if common is None or not self._conflict(first, second):
                continue
            self._report_overlap(self._drawn.rules[first], self._drawn.rules[second], common)
            shown += 1
            if shown >= MAX_SHOWN:
                return

    def _conflict(self, first: int, second: int) -> bool:
        """Tell whether two rows may not match together: always, or with ANY when they differ."""
        if self._drawn.hit_policy is HitPolicy.UNIQUE:
            return True
        texts = [[cell.text for cell in self._drawn.rules[row].outputs] for row in (first, second)]
        return texts[0] != texts[1]

    def _report_overlap(self, first: Rule, second: Rule, box: Box) -> None:
        shown = self._example(box)
        self._log.refuse(
            "overlap",
            second.place,
            f"规则 {first.number} 与规则 {second.number} 重叠，例如：{shown}。"
            f"命中策略为 {self._drawn.hit_policy}，请使两条规则互斥。",
            f"Rules {first.number} and {second.number} overlap, for example: {shown}. With hit "
            f"policy {self._drawn.hit_policy} they must exclude each other.",
        )

    def _report_hidden_rows(self) -> None:
        for row, rule in enumerate(self._drawn.rules):
            stronger = self._stronger(row)
            if row in self._idle or not stronger:
                continue
            within = [space.possible(row) for space in self._spaces]
            search = Search(self._spaces, within, sure=True)
            if next(search.uncovered(stronger), None) is None and not search.exhausted:
                self._report_hidden(rule, self._hiding(within, stronger))

    def _stronger(self, row: int) -> int:
        """Return the rows that win over ``row`` wherever both match (bit set)."""
        if self._drawn.hit_policy is HitPolicy.FIRST:
            return (1 << row) - 1
        ranks = self._table.constant_ranks
        if ranks[row] is None:
            return 0
        return sum(
            1 << other
            for other, rank in enumerate(ranks)
            if rank is not None and other != row and (rank, other) < (ranks[row], row)
        )

    def _hiding(self, within: Sequence[int], stronger: int) -> list[int]:
        """Return the numbers of the stronger rows that have to do with the hidden one."""
        return [
            rule.number
            for row, rule in enumerate(self._drawn.rules)
            if stronger >> row & 1
            and all(
                inside & space.of_row(row)
                for inside, space in zip(within, self._spaces, strict=True)
            )
        ]

    def _report_hidden(self, rule: Rule, hiding: list[int]) -> None:
        numbers = "、".join(str(number) for number in hiding)
        note_zh, note_en = (
            ("（按样本值判断）", " (judged by sample values)")
            if any(space.sampled for space in self._spaces)
            else ("", "")
        )
        self._log.warn(
            "unreachable-rule",
            rule.place,
            f"规则 {rule.number} 永远不会生效：规则 {numbers} 总是优先{note_zh}。"
            "请调整顺序或删除。",
            f"Rule {rule.number} never takes effect: rules {numbers} always win{note_en}; reorder "
            "or delete it.",
        )

    def _example(self, box: Box) -> str:
        return "，".join(
            f"{space.text} = {literal(space.regions[region].example)}"
            for space, region in zip(self._spaces, box, strict=True)
        )


def _common(first: list[int], second: list[int]) -> Box | None:
    """Return a region per column that both rows accept, ``None`` when they exclude each other."""
    box = []
    for left, right in zip(first, second, strict=True):
        common = left & right
        if not common:
            return None
        box.append((common & -common).bit_length() - 1)
    return tuple(box)
