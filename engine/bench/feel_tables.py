"""Decision tables of any size for the benchmark: limits by division, method and amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import count, islice, product
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from engine.dmn import read_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.dmn import DmnModel

DECISION: Final = "filing_route"
_NAMESPACE: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_INPUTS: Final = (
    ("采购人区划", "string"),
    ("采购方式", "string"),
    ("预算金额", "number"),
    ("是否进口", "boolean"),
    ("已公开天数", "number"),
)
_METHODS: Final = ("公开招标", "邀请招标", "竞争性磋商", "询价", "单一来源")
#: Lower and upper bound of the amount in yuan; the last band is open.
_BANDS: Final = ((0, 500_000), (500_000, 3_000_000), (3_000_000, None))
_FLAGS: Final = ("true", "false")
#: Cells for the days since publication: exclusive and complete.
_DAYS: Final = (("< 30", 29), ("[30..90]", 60), ("> 90", 91))


@dataclass(frozen=True)
class _Row:
    """The cells of a rule and facts that only this rule accepts."""

    cells: tuple[str, ...]
    facts: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class SampleTable:
    """A table whose rules exclude each other.

    Attributes:
        model: read and compiled.
        facts: for each rule, in their order, inputs that only it accepts.
    """

    model: DmnModel
    facts: tuple[dict[str, object], ...]


def sample_table(rules: int) -> SampleTable:
    """Return a UNIQUE table with ``rules`` rules, 5 inputs and 2 outputs.

    A column each of prefixes, equal texts, intervals of money, booleans and intervals of days; no
    cell is ``-``, so that every column of every rule takes part.
    """
    rows = list(islice(_rows(), rules))
    return SampleTable(
        model=read_model(_document(rows).encode(), "sample.dmn"),
        facts=tuple(row.facts for row in rows),
    )


def _rows() -> Iterator[_Row]:
    """Yield rules without end: all combinations of cells, division after division."""
    names = [name for name, _ in _INPUTS]
    for division in count(1001):
        for method, (low, high), flag, (days, day) in product(_METHODS, _BANDS, _FLAGS, _DAYS):
            amount = f">= {low}" if high is None else f"[{low}..{high})"
            cells = (f'starts with(?, "{division}")', f'"{method}"', amount, flag, days)
            values = (f"{division}22", method, Decimal(f"{low}.50"), flag == "true", Decimal(day))
            yield _Row(cells, dict(zip(names, values, strict=True)))


def _document(rows: list[_Row]) -> str:
    inputs = "".join(
        f'<input id="i{number}"><inputExpression id="e{number}" typeRef="{kind}">'
        f"<text>{name}</text></inputExpression></input>"
        for number, (name, kind) in enumerate(_INPUTS)
    )
    rules = "".join(_rule(number, row) for number, row in enumerate(rows, start=1))
    return (
        f'<definitions xmlns="{_NAMESPACE}" id="sample" name="sample" namespace="urn:sample">'
        f'<decision id="{DECISION}" name="{DECISION}"><decisionTable id="table" hitPolicy="UNIQUE">'
        f'{inputs}<output id="o1" name="route" typeRef="string"/>'
        f'<output id="o2" name="number" typeRef="number"/>{rules}'
        "</decisionTable></decision></definitions>"
    )


def _rule(number: int, row: _Row) -> str:
    cells = "".join(
        f'<inputEntry id="r{number}c{column}"><text>{escape(cell)}</text></inputEntry>'
        for column, cell in enumerate(row.cells)
    )
    return (
        f'<rule id="r{number}">{cells}'
        f'<outputEntry id="r{number}o1"><text>"route {number}"</text></outputEntry>'
        f'<outputEntry id="r{number}o2"><text>{number}</text></outputEntry></rule>'
    )
