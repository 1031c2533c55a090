"""Pairs of rows that must not match together, or of which one is enough."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from engine.dmn.boxed import HitPolicy
from engine.dmn.column_index import bits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.dmn.boxed import DecisionTable, Rule
    from engine.dmn.checks.space import Box, TableSpace
    from engine.dmn.findings import FindingLog

#: Pairs shown per table; more appear when these are repaired.
MAX_SHOWN: Final = 20

#: Pairs that are looked at; in lists of hits most of them are as meant.
MAX_SEEN: Final = 20_000

#: Overlaps are meant; rows that never win are found in ``engine.dmn.checks.idle``.
_DECIDED_BY_ORDER: Final = frozenset({HitPolicy.FIRST, HitPolicy.PRIORITY})


def check_pairs(space: TableSpace, log: FindingLog) -> None:
    """Report overlaps under UNIQUE, contradictions under ANY, and rows that repeat another."""
    if space.drawn.hit_policy in _DECIDED_BY_ORDER:
        return
    report = _REPORTS.get(space.drawn.hit_policy, _report_repeated_row)
    found = (report(space, pair, log) for pair in islice(_meeting(space), MAX_SEEN))
    for _ in islice((shown for shown in found if shown), MAX_SHOWN):
        pass


class _Pair:
    """Two rows that match together for some input."""

    def __init__(self, first: Rule, second: Rule, boxes: tuple[list[int], list[int]]) -> None:
        self.first = first
        self.second = second
        self._boxes = boxes
        self.common: Box = tuple(
            (shared & -shared).bit_length() - 1
            for shared in (left & right for left, right in zip(*boxes, strict=True))
        )

    @property
    def equal(self) -> bool:
        """Tell whether both match the same inputs."""
        return self._boxes[0] == self._boxes[1]

    @property
    def inside(self) -> tuple[Rule, Rule] | None:
        """Return (inner, outer) when one matches only where the other does."""
        sides = list(zip(*self._boxes, strict=True))
        if all(left | right == left for left, right in sides):
            return self.second, self.first
        if all(left | right == right for left, right in sides):
            return self.first, self.second
        return None


def _meeting(space: TableSpace) -> Iterator[_Pair]:
    rules = space.drawn.rules
    for first in range(space.count):
        for second in bits(space.meeting(first) >> (first + 1)):
            other = first + 1 + second
            boxes = (space.sure_box(first), space.sure_box(other))
            yield _Pair(rules[first], rules[other], boxes)


def _same_outputs(table: DecisionTable, pair: _Pair) -> bool:
    columns = range(len(table.outputs))
    return all(pair.first.outputs[i].text == pair.second.outputs[i].text for i in columns)


def _report_overlap(space: TableSpace, pair: _Pair, log: FindingLog) -> bool:
    shown = space.example(pair.common)
    note_zh = note_en = ""
    if pair.inside is not None:
        inner, outer = pair.inside
        note_zh = f"（规则 {inner.number} 整条包含在规则 {outer.number} 之内）"
        note_en = f" (rule {inner.number} lies wholly inside rule {outer.number})"
    policy = space.drawn.hit_policy
    log.refuse(
        "overlap",
        pair.second.place,
        f"规则 {pair.first.number} 与规则 {pair.second.number} 重叠{note_zh}，例如：{shown}。"
        f"命中策略为 {policy}，请使两条规则互斥。",
        f"Rules {pair.first.number} and {pair.second.number} overlap{note_en}, for example: "
        f"{shown}. With hit policy {policy} they must exclude each other.",
    )
    return True


def _report_contradiction(space: TableSpace, pair: _Pair, log: FindingLog) -> bool:
    """ANY: different results contradict each other, equal ones make the inner row needless."""
    if not _same_outputs(space.drawn, pair):
        return _report_overlap(space, pair, log)
    return pair.inside is not None and _report_needless(*pair.inside, log)


def _report_repeated_row(space: TableSpace, pair: _Pair, log: FindingLog) -> bool:
    """Lists of hits: only a row that is wholly the same as another is a mistake for sure."""
    same = pair.equal and _same_outputs(space.drawn, pair)
    return same and _report_needless(pair.second, pair.first, log)


def _report_needless(inner: Rule, outer: Rule, log: FindingLog) -> bool:
    log.warn(
        "subsumed-rule",
        inner.place,
        f"规则 {inner.number} 已包含在结果相同的规则 {outer.number} 之内，可以删除。",
        f"Rule {inner.number} lies inside rule {outer.number}, which has the same result; it can "
        "be deleted.",
    )
    return True


_REPORTS: Final[dict[HitPolicy, Callable[[TableSpace, _Pair, FindingLog], bool]]] = {
    HitPolicy.UNIQUE: _report_overlap,
    HitPolicy.ANY: _report_contradiction,
}
