"""Which rows of a condition column accept which region of values; bounded in size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dmn.cells import ALWAYS, Cell, Prefix, cell_of
from engine.dmn.partition import Partition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine import feel
    from engine.dmn.line import Kind

#: Different prefixes of one column; comparing them with each other is quadratic.
MAX_PREFIXES: Final = 500

#: Entries of the index of one column: rows times the regions each accepts.
MAX_ENTRIES: Final = 5_000_000


class ColumnIndex:
    """The cells of a column over the regions of its values.

    Attributes:
        tests: the cells as FEEL, one per row; ``None`` where unreadable, which never matches.
        cells: what is understood of them; ``None`` is left to FEEL (opaque).
        partition: the regions.
        accepting: for each region the rows (bit set) that accept it; opaque cells do not count.
        opaque: rows (bit set) that FEEL must be asked about.
        always: rows (bit set) that accept everything.
    """

    def __init__(
        self, tests: Sequence[feel.UnaryTests | None], further: Iterable[Cell] = ()
    ) -> None:
        """Index ``tests``; the regions are also cut at the constants of ``further``.

        A column that would need too large an index is left to FEEL as a whole.
        """
        self.tests = tests
        self.cells = _without_many_prefixes([cell_of(test) for test in tests])
        self.partition = self._cut(further)
        if self._entries() > MAX_ENTRIES:
            self.cells = [None] * len(tests)
            self.partition = self._cut(())
        self.opaque = bit_set(row for row, cell in enumerate(self.cells) if cell is None)
        self.always = bit_set(row for row, cell in enumerate(self.cells) if cell is ALWAYS)
        self.accepting = [self.always] * len(self.partition.regions)
        for row, cell in enumerate(self.cells):
            if cell is not None and not cell.always:
                for region in self._accepted(row, cell):
                    self.accepting[region] |= 1 << row

    def _cut(self, further: Iterable[Cell]) -> Partition:
        return Partition([*(cell for cell in self.cells if cell is not None), *further])

    def _entries(self) -> int:
        regions = len(self.partition.regions)
        return sum(
            regions if cell.negated else sum(len(self.partition.indexes(p)) for p in cell.parts)
            for cell in self.cells
            if cell is not None
        )

    def _accepted(self, row: int, cell: Cell) -> Iterator[int]:
        """Yield the regions that a cell accepts.

        Outside the parts of ``not(…)`` the answer depends only on the kind of value (null, or
        not comparable), so FEEL is asked once for each kind.
        """
        inside = [region for part in cell.parts for region in self.partition.indexes(part)]
        if not cell.negated:
            yield from inside
            return
        test = self.tests[row]
        answers: dict[Kind, bool] = {}
        refused = frozenset(inside)
        for number, region in enumerate(self.partition.regions):
            if number in refused or region.empty or test is None:
                continue
            if region.kind not in answers:
                answers[region.kind] = test.matches_trusted(region.example, {}) is True
            if answers[region.kind]:
                yield number


def _without_many_prefixes(cells: list[Cell | None]) -> list[Cell | None]:
    prefixes = {
        part.text
        for cell in cells
        if cell is not None
        for part in cell.parts
        if isinstance(part, Prefix)
    }
    if len(prefixes) <= MAX_PREFIXES:
        return cells
    return [None if cell is not None and _has_prefix(cell) else cell for cell in cells]


def _has_prefix(cell: Cell) -> bool:
    return any(isinstance(part, Prefix) for part in cell.parts)


def bits(number: int) -> Iterator[int]:
    """Yield the positions of the set bits, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def bit_set(positions: Iterable[int]) -> int:
    """Return the number whose bits at ``positions`` are set."""
    number = 0
    for position in positions:
        number |= 1 << position
    return number
