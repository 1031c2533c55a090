"""Finds the matching rows of a table: bit sets for plain cells, FEEL for the others.

For each column the values are cut into regions (``engine.dmn.partition``), and each region knows
as a bit set which rows accept it. A lookup per column and a few ``&`` replace the row by row
search; its cost does not depend on the number of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.cells import ALWAYS, Cell, cell_of
from engine.dmn.partition import Partition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine import feel
    from engine.dmn.run import Scope


class Column:
    """One condition column."""

    def __init__(self, tests: Sequence[feel.UnaryTests | None]) -> None:
        """Index ``tests``, one per row; ``None`` (unreadable) never matches."""
        self.tests = tests
        self.cells = [cell_of(test) for test in tests]
        self.partition = Partition([cell for cell in self.cells if cell is not None])
        #: Rows whose cell needs FEEL, and rows that accept everything.
        self.opaque = _bits(row for row, cell in enumerate(self.cells) if cell is None)
        self.always = _bits(row for row, cell in enumerate(self.cells) if cell is ALWAYS)
        self._accepting = accepting_rows(self.partition, self.cells, tests)

    def accepting(self, value: object) -> tuple[int, int]:
        """Return the rows that may match ``value``, and those of them that FEEL must be asked."""
        region = self.partition.locate(value)
        if region is None:
            every = (1 << len(self.tests)) - 1
            return every, every & ~self.always
        return self._accepting[region] | self.opaque, self.opaque

    def holds(self, row: int, value: object, scope: Scope) -> bool:
        """Ask FEEL whether the cell of ``row`` accepts ``value``."""
        test = self.tests[row]
        return test is not None and test.matches_trusted(value, scope.values) is True


def accepting_rows(
    partition: Partition,
    cells: Sequence[Cell | None],
    tests: Sequence[feel.UnaryTests | None],
) -> list[int]:
    """Return for each region the rows (bit set) whose cell accepts it; opaque cells do not."""
    always = _bits(row for row, cell in enumerate(cells) if cell is ALWAYS)
    accepting = [always] * len(partition.regions)
    for row, cell in enumerate(cells):
        if cell is None or cell.always:
            continue
        for region in _regions(partition, cell, tests[row]):
            accepting[region] |= 1 << row
    return accepting


def _regions(partition: Partition, cell: Cell, test: feel.UnaryTests | None) -> Iterator[int]:
    """Yield the regions that a cell accepts; for ``not(…)`` FEEL knows about null and types."""
    if not cell.negated:
        for part in cell.parts:
            yield from partition.indexes(part)
        return
    for number, region in enumerate(partition.regions):
        if test is not None and test.matches_trusted(region.example, {}) is True:
            yield number


class Matcher:
    """All condition columns of a table."""

    def __init__(self, columns: Sequence[Column], count: int) -> None:
        """Keep the columns of a table with ``count`` rows."""
        self.columns = columns
        self._every = (1 << count) - 1

    def rows(
        self, values: Sequence[object], scope: Scope, *, first_only: bool = False
    ) -> list[int]:
        """Return the 0-based rows that match, in table order; at most one when ``first_only``."""
        candidates = self._every
        asked: list[tuple[Column, object, int]] = []
        for column, value in zip(self.columns, values, strict=True):
            accepted, open_rows = column.accepting(value)
            candidates &= accepted
            if not candidates:
                return []
            if open_rows:
                asked.append((column, value, open_rows))
        found: list[int] = []
        for row in bits(candidates):
            if _agreed(row, asked, scope):
                found.append(row)
                if first_only:
                    break
        return found


def _agreed(row: int, asked: list[tuple[Column, object, int]], scope: Scope) -> bool:
    return all(
        not open_rows >> row & 1 or column.holds(row, value, scope)
        for column, value, open_rows in asked
    )


def bits(number: int) -> Iterator[int]:
    """Yield the positions of the set bits, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _bits(rows: Iterator[int]) -> int:
    number = 0
    for row in rows:
        number |= 1 << row
    return number
