"""The six rules of the plan filing as the rule book states them, read without the DMN engine."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "processes" / "plan_filing"
ZHENGZHOU: Final = PACKAGE / "regions" / "410100"
_BOOK: Final = Path(__file__).parent / "data" / "plan_filing_rules.json"
_FLAGS: Final = (True, False)
_RESULTS: Final = ("同意", "退回")

#: Values per input, boundaries included; the grid of a rule is their product.
SAMPLES: Final[Mapping[str, Mapping[str, tuple[Any, ...]]]] = {
    "R01": {
        "purchaser_division_code": (
            *("410000", "410099", "410100", "410122", "410185", "410200", "410300", "410400"),
            *("410421", "410500", "410600", "410700", "410800", "410900", "411000", "411700"),
            *("419001", "350000", "350100"),
        ),
        "intention_link_switch": (True, False, None),
    },
    "R02": {
        "channel": ("网上商城", "协议供货", "定点采购", "批量集中采购", "项目采购"),
        "in_catalogue": _FLAGS,
        "amount_ge_limit": _FLAGS,
    },
    "R03": {
        "days_since_publication": (-1, 0, 29, 30, 31, 60, 89, 90, 91, 1000),
        "already_linked": _FLAGS,
        "same_purchaser": _FLAGS,
    },
    "R04": {"import_product": _FLAGS, "nonstandard_method": _FLAGS, "unit_flagged": _FLAGS},
    "R05": {
        "stage": ("主管单位审核", "业务处室初审", "业务处室复核", "监管初审", "监管复核"),
        "result": _RESULTS,
        "regulator_review": _FLAGS,
        "escalate": _FLAGS,
    },
    "R06": {
        "stage": ("主管单位审核", "业务处室初审", "业务处室复核", "监管初审", "监管复核"),
        "result": _RESULTS,
        "escalate": _FLAGS,
    },
}
FILES: Final = {
    "R01": PACKAGE / "plan_filing_variant.dmn",
    "R02": ZHENGZHOU / "intention_required.dmn",
    "R03": ZHENGZHOU / "intention_window.dmn",
    "R04": PACKAGE / "zz_linked_regulator_review.dmn",
    "R05": ZHENGZHOU / "zz_linked_routing.dmn",
    "R06": ZHENGZHOU / "zz_unlinked_routing.dmn",
}
#: The rule book states the basis of R02 in English, the table in Chinese.
BASIS: Final = {
    "small sporadic purchase, exempt": "小额零星采购，可不公开",
    "bulk central purchase organised by the central agency, exempt": (
        "批量集中采购由集采机构统一组织，可不公开"
    ),
    "in catalogue": "属于集中采购目录",
    "at or above the limit": "达到采购限额标准",
    "below the limit, outside catalogue": "目录外且未达限额标准",
}


@dataclass(frozen=True)
class Rule:
    """One table of the rule book: ``rows`` are (conditions, results) as written there."""

    id: str
    key: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def expected(self, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the results of every row that holds for ``facts``."""
        return [
            {name: _result(text) for name, text in zip(self.outputs, results, strict=True)}
            for conditions, results in self.rows
            if all(
                _holds(text, facts[name])
                for name, text in zip(self.inputs, conditions, strict=True)
            )
        ]

    def grid(self) -> Iterator[dict[str, Any]]:
        """Yield every combination of the sample values."""
        samples = SAMPLES[self.id]
        for values in itertools.product(*(samples[name] for name in self.inputs)):
            yield dict(zip(self.inputs, values, strict=True))


def rule_book() -> list[Rule]:
    """Return R01 to R06."""
    return [
        Rule(
            id=raw["id"],
            key=raw["key"],
            inputs=tuple(raw["inputs"]),
            outputs=tuple(raw["outputs"]),
            rows=tuple((tuple(one), tuple(other)) for one, other in raw["rows"]),
        )
        for raw in json.loads(_BOOK.read_text("utf-8"))
    ]


_WORDS: Final = {"true": True, "false": False, "null": None}


def _result(text: str) -> Any:
    return _WORDS.get(text, BASIS.get(text, text))


def _holds(text: str, value: Any) -> bool:
    if text == "-":
        return True
    if text in _WORDS:
        return value is _WORDS[text]
    if text.startswith("prefix("):
        return str(value).startswith(tuple(text[7:-1].split(",")))
    if text.startswith("["):
        low, high = text[1:-1].split("..")
        return bool(int(low) <= value <= int(high))
    if text[0] in "<>":
        bound = int(text[1:])
        return bool(value < bound if text[0] == "<" else value > bound)
    return value in text.split("|")
