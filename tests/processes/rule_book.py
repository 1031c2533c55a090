"""The decision tables as the rule book states them, read without the DMN engine.

One file per rule in ``data/rules``: rows as the rule book writes them (English results are turned
into the table's Chinese by ``words``), sample values per input with every boundary, and the DMN
file that must say the same.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
PROCESSES: Final = ROOT / "processes"
PACKAGE: Final = PROCESSES / "plan_filing"
ZHENGZHOU: Final = PACKAGE / "regions" / "410100"
_BOOK: Final = Path(__file__).parent / "data" / "rules"
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_COMPARISON: Final = re.compile(r"(<=|>=|<|>)\s*(-?\d+)")


@dataclass(frozen=True)
class Rule:
    """One table of the rule book.

    Attributes:
        id: e.g. ``R01``.
        key: decision id.
        file: the DMN file.
        rows: (conditions, results) as written in the rule book.
        samples: values per input, boundaries included; the grid is their product.
        words: results of the rule book in the table's own words.
    """

    id: str
    key: str
    file: Path
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    samples: Mapping[str, tuple[Any, ...]]
    words: Mapping[str, Any]

    def expected(self, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the results of every row that holds for ``facts``."""
        return [
            {name: self._result(text) for name, text in zip(self.outputs, results, strict=True)}
            for conditions, results in self.rows
            if all(
                _holds(text, facts[name])
                for name, text in zip(self.inputs, conditions, strict=True)
            )
        ]

    def grid(self) -> Iterator[dict[str, Any]]:
        """Yield every combination of the sample values."""
        for values in itertools.product(*(self.samples[name] for name in self.inputs)):
            yield dict(zip(self.inputs, values, strict=True))

    def _result(self, text: str) -> Any:
        return _CONSTANTS.get(text, self.words.get(text, text))


def rule_book() -> list[Rule]:
    """Return every rule that has a table, by id."""
    return [_rule(json.loads(file.read_text("utf-8"))) for file in sorted(_BOOK.glob("*.json"))]


def _rule(raw: Mapping[str, Any]) -> Rule:
    return Rule(
        id=raw["id"],
        key=raw["key"],
        file=PROCESSES / raw["file"],
        inputs=tuple(raw["inputs"]),
        outputs=tuple(raw["outputs"]),
        rows=tuple((tuple(one), tuple(other)) for one, other in raw["rows"]),
        samples={name: tuple(values) for name, values in raw["samples"].items()},
        words=raw.get("words", {}),
    )


FILES: Final = {rule.id: rule.file for rule in rule_book()}


def _holds(text: str, value: Any) -> bool:
    if text == "-":
        return True
    if text in _CONSTANTS:
        return value is _CONSTANTS[text]
    if text.startswith("prefix("):
        return str(value).startswith(tuple(text[7:-1].split(",")))
    if text.startswith("["):
        low, high = text[1:-1].split("..")
        return bool(int(low) <= value <= int(high))
    if compared := _COMPARISON.fullmatch(text):
        return _compares(value, compared[1], int(compared[2]))
    return (value if value is not None else "null") in text.split("|")


def _compares(value: Any, operator: str, bound: int) -> bool:
    is_equal = "=" in operator and value == bound
    return bool(is_equal or (value < bound if operator[0] == "<" else value > bound))
