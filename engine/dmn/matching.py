"""Finds the matching rows of a table: bit sets for plain cells, FEEL for the others.

For each column the values are cut into regions (``engine.dmn.partition``), and each region knows
as a bit set which rows accept it. A lookup per column and a few ``&`` replace the row by row
search; its cost does not depend on the number of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.column_index import ColumnIndex, bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine import feel
    from engine.dmn.run import Scope


class Column:
    """One condition column: its index, and FEEL for what the index does not know."""

    def __init__(self, tests: Sequence[feel.UnaryTests | None]) -> None:
        """Index ``tests``, one per row; ``None`` (unreadable) never matches."""
        self.tests = tests
        self._index = ColumnIndex(tests)
        self._every = (1 << len(tests)) - 1

    def accepting(self, value: object) -> tuple[int, int]:
        """Return the rows that may match ``value``, and those of them that FEEL must be asked."""
        index = self._index
        region = index.partition.locate(value)
        if region is None:
            return self._every, self._every & ~index.always
        return index.accepting[region] | index.opaque, index.opaque

    def holds(self, row: int, value: object, scope: Scope) -> bool:
        """Ask FEEL whether the cell of ``row`` accepts ``value``."""
        test = self.tests[row]
        return test is not None and test.matches_trusted(value, scope.values) is True


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
