"""The possible inputs of a table as finitely many boxes: regions per column, rows per region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

from engine.dmn.cells import Cell, Equal, cell_of
from engine.dmn.column_index import ColumnIndex, bits
from engine.dmn.datatypes import underlying
from engine.dmn.line import Kind, Region
from engine.dmn.partition import kind_of
from engine.dmn.trace import literal
from engine.feel import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine import feel
    from engine.dmn.table import CompiledTable, TableInput

#: Constants inside cells that are not understood, per column, that are tried out.
MAX_TRIED: Final = 200

#: Characters of such cells, times the regions they are tried on; a second or two.
MAX_EFFORT: Final = 5_000_000

_KIND_OF_TYPE = {
    "boolean": Kind.BOOLEAN,
    "number": Kind.NUMBER,
    "date": Kind.DATE,
    "string": Kind.STRING,
}


@dataclass(frozen=True)
class ColumnSpace:
    """The regions of one condition column that its input can fall into.

    Attributes:
        text: the input expression.
        regions: regions in the domain, at least one.
        may: for each region the rows (bit set) that accept it or cannot be judged.
        must: for each region the rows that surely accept it.
        sampled: some cells were only tried on the examples.
        count: number of rows.
    """

    text: str
    regions: tuple[Region, ...]
    may: tuple[int, ...]
    must: tuple[int, ...]
    sampled: bool
    count: int

    @cached_property
    def sure_boxes(self) -> list[int]:
        """The regions (bit set) that each row surely accepts."""
        return _transposed(self.must, self.count)

    @cached_property
    def possible_boxes(self) -> list[int]:
        """The regions (bit set) that each row may accept."""
        return _transposed(self.may, self.count)

    def meeting(self, row: int) -> int:
        """Return the rows (bit set) that surely share a region with ``row``."""
        box = self.sure_boxes[row]
        if box == (1 << len(self.regions)) - 1:
            return self._anywhere
        return reduce(or_, (self.must[region] for region in bits(box)), 0)

    @cached_property
    def _anywhere(self) -> int:
        return reduce(or_, self.must, 0)


def _transposed(rows_of_regions: Sequence[int], count: int) -> list[int]:
    """Turn rows per region into regions per row."""
    everywhere = reduce(and_, rows_of_regions)
    whole = (1 << len(rows_of_regions)) - 1
    boxes = [whole if everywhere >> row & 1 else 0 for row in range(count)]
    for region, rows in enumerate(rows_of_regions):
        for row in bits(rows & ~everywhere):
            boxes[row] |= 1 << region
    return boxes


#: One region number per column.
Box = tuple[int, ...]


class TableSpace:
    """All possible inputs of a table.

    Attributes:
        table: the compiled table.
        drawn: the table as it stands in the file.
        columns: one space per condition column.
        count: number of rows.
    """

    def __init__(self, table: CompiledTable) -> None:
        """Work out every column."""
        self.table = table
        self.drawn = table.drawn
        self.count = len(table.drawn.rules)
        self.columns = [
            _ColumnAnalysis(column, table.matcher.columns[index].tests).space()
            for index, column in enumerate(table.inputs)
        ]

    @property
    def is_empty(self) -> bool:
        """Tell whether some column has no possible value, so that there is nothing to ask."""
        return not all(column.regions for column in self.columns)

    @property
    def every_row(self) -> int:
        """Return all rows as a bit set."""
        return (1 << self.count) - 1

    def sure_box(self, row: int) -> list[int]:
        """Return the regions (bit set per column) that the row surely accepts."""
        return [column.sure_boxes[row] for column in self.columns]

    def possible_box(self, row: int) -> list[int]:
        """Return the regions (bit set per column) that the row may accept."""
        return [column.possible_boxes[row] for column in self.columns]

    def meeting(self, row: int) -> int:
        """Return the rows (bit set) that surely match together with ``row`` for some input."""
        return reduce(and_, (column.meeting(row) for column in self.columns))

    def example(self, box: Box) -> str:
        """Return an input inside ``box`` as FEEL: ``amount = 100，open = true``."""
        return "，".join(
            f"{column.text} = {literal(column.regions[region].example)}"
            for column, region in zip(self.columns, box, strict=True)
        )


class _ColumnAnalysis:
    """Works out one column."""

    def __init__(self, column: TableInput, tests: Sequence[feel.UnaryTests | None]) -> None:
        self._column = column
        limits = [cell for cell in map(cell_of, column.limits) if cell is not None]
        tried = [value for test in tests if cell_of(test) is None for value in _constants(test)]
        constants = Cell(tuple(Equal(value) for value in tried[:MAX_TRIED]))
        self._index = ColumnIndex(tests, [*limits, constants])
        self._parts = [
            part
            for cell in (*self._index.cells, *limits)
            if cell is not None
            for part in cell.parts
        ]
        self._opaque = [
            (row, test)
            for row, (test, cell) in enumerate(zip(tests, self._index.cells, strict=True))
            if cell is None and test is not None
        ]

    def space(self) -> ColumnSpace:
        """Return the regions inside the domain with the rows that accept them."""
        wanted = self._kinds()
        regions = self._index.partition.regions
        numbers = [
            number
            for number, region in enumerate(regions)
            if region.kind in wanted and not region.empty and self._allowed(region)
        ]
        effort = len(numbers) * sum(len(test.text) for _, test in self._opaque)
        rows = [self._rows(number, judge=effort <= MAX_EFFORT) for number in numbers]
        return ColumnSpace(
            text=self._column.text,
            regions=tuple(regions[number] for number in numbers),
            may=tuple(may for may, _ in rows),
            must=tuple(must for _, must in rows),
            sampled=bool(self._opaque),
            count=len(self._index.tests),
        )

    def _kinds(self) -> set[Kind]:
        """Return the kinds of values the input can have; null only where the table knows it."""
        mentioned = {kind_of(part) for part in self._parts}
        declared = _KIND_OF_TYPE.get(underlying(self._column.data_type).name)
        if declared is None:
            return mentioned or set(Kind)
        return {declared, *(mentioned & {Kind.NULL})}

    def _allowed(self, region: Region) -> bool:
        return all(
            limit.matches_trusted(region.example, {}) is True for limit in self._column.limits
        )

    def _rows(self, number: int, *, judge: bool) -> tuple[int, int]:
        """Return the rows that may and those that surely accept a region."""
        may = must = self._index.accepting[number]
        example = self._index.partition.regions[number].example
        for row, test in self._opaque:
            if not judge or test.names:
                may |= 1 << row
            elif test.matches_trusted(example, {}) is True:
                may |= 1 << row
                must |= 1 << row
        return may, must


def _constants(test: feel.UnaryTests | None) -> Iterator[object]:
    """Yield the literals inside a cell that is not understood, to try them out."""
    waiting = [] if test is None else [test.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tree.Literal) and node.value is not None:
            yield node.value
        waiting.extend(tree.children(node))
