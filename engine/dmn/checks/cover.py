"""Finds inputs that no row of a set covers; bounded in steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.dmn.checks.space import Box, ColumnSpace

#: Regions looked at per table and question; about a second on one core.
MAX_STEPS: Final = 2_000_000


@dataclass
class Search:
    """One question to a table: which inputs are covered by none of some rows?

    Attributes:
        spaces: the columns.
        within: for each column the regions (bit set) to look at, ``None`` for all.
        sure: cells that cannot be judged do not cover; otherwise they do.
        steps: how long to search.
        exhausted: the search stopped before it had seen everything.
    """

    spaces: Sequence[ColumnSpace]
    within: Sequence[int] | None = None
    sure: bool = False
    steps: int = MAX_STEPS
    exhausted: bool = False
    _open: list[int] = field(default_factory=list)
    _covered: set[tuple[int, int]] = field(default_factory=set)

    def uncovered(self, rows: int) -> Iterator[Box]:
        """Yield an example of each group of inputs that none of ``rows`` (bit set) accepts."""
        yield from self._from_column(0, rows, ())

    def _from_column(self, column: int, rows: int, path: Box) -> Iterator[Box]:
        if not rows:
            rest = (self._first(later) for later in range(column, len(self.spaces)))
            yield (*path, *rest)
            return
        if rows & self._open_from(column) or (column, rows) in self._covered:
            return
        found = False
        self.steps -= len(self.spaces[column].regions)
        if self.steps < 0:
            self.exhausted = True
            return
        for region, remaining in self._groups(column, rows).items():
            for box in self._from_column(column + 1, remaining, (*path, region)):
                found = True
                yield box
        if not found and not self.exhausted:
            self._covered.add((column, rows))

    def _open_from(self, column: int) -> int:
        """Return the rows (bit set) that accept everything from ``column`` on."""
        if not self._open:
            rows = -1
            self._open.append(rows)
            for space in reversed(self.spaces):
                for accepted in space.must if self.sure else space.may:
                    rows &= accepted
                self._open.append(rows)
        return self._open[len(self.spaces) - column]

    def _groups(self, column: int, rows: int) -> dict[int, int]:
        """Return one region for each different set of remaining rows."""
        space = self.spaces[column]
        accepting = space.must if self.sure else space.may
        by_rows: dict[int, int] = {}
        for region, accepted in enumerate(accepting):
            if self._inside(column, region):
                by_rows.setdefault(rows & accepted, region)
        return {region: remaining for remaining, region in by_rows.items()}

    def _inside(self, column: int, region: int) -> bool:
        return self.within is None or bool(self.within[column] >> region & 1)

    def _first(self, column: int) -> int:
        regions = range(len(self.spaces[column].regions))
        return next(region for region in regions if self._inside(column, region))
