"""The examples of docs/feel.md are true."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Final

import pytest

from engine.feel import (
    FeelError,
    FunctionLibrary,
    analyse,
    compile_expression,
    compile_unary_tests,
    feel_repr,
)
from engine.feel.extensions_cn import CHINESE_OFFICE

TEXT: Final = (Path(__file__).parents[3] / "docs" / "feel.md").read_text(encoding="utf-8")
TYPES: Final = {"采购金额": "number", "采购方式": "string", "区划": "string", "明细": "list"}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def examples(kind: str) -> list[tuple[str, str]]:
    lines = [line for block in blocks(kind) for line in block.splitlines() if line.strip()]
    pairs = [line.rsplit("  →  ", 1) for line in lines]
    return [(expression, expected) for expression, expected in pairs]


def context() -> dict[str, object]:
    (literal,) = blocks("feel-context")
    value = compile_expression(literal).evaluate({})
    assert isinstance(value, dict)
    return value


def test_there_are_examples_of_every_kind() -> None:
    assert len(examples("feel")) > 50
    assert len(examples("feel-error")) > 4
    assert len(examples("feel-finding")) > 4
    assert len(blocks("python")) == 1


@pytest.mark.parametrize(("expression", "expected"), examples("feel"))
def test_an_example_has_the_result_that_is_shown(expression: str, expected: str) -> None:
    data = context()

    found = compile_expression(expression, data, CHINESE_OFFICE).evaluate(data)

    assert feel_repr(found) == expected
    assert analyse(expression, data, CHINESE_OFFICE) == []


@pytest.mark.parametrize(("expression", "expected"), examples("feel-error"))
def test_a_mistake_is_refused_as_shown(expression: str, expected: str) -> None:
    with pytest.raises(FeelError) as caught:
        compile_expression(expression, TYPES)

    assert caught.value.reason_zh == expected


@pytest.mark.parametrize(("expression", "expected"), examples("feel-finding"))
def test_a_finding_is_reported_as_shown(expression: str, expected: str) -> None:
    (finding,) = analyse(expression, TYPES, CHINESE_OFFICE)

    assert finding.message_zh == expected


CELLS: Final = {
    "-": ("任何", True),
    '"公开招标", "邀请招标"': ("邀请招标", True),
    'not("公开招标")': ("公开招标", False),
    ">= 3000000": (3000000, True),
    "[1000000..4000000)": (4000000, False),
    'starts with(?, "4101")': ("410122", True),
    "? > 限额 and ? < 限额 * 2": (15, True),
}


def test_the_cells_of_the_table_are_read_as_it_says() -> None:
    shown = re.findall(r"^\| `([^`]+)` \|", TEXT, re.MULTILINE)

    assert shown == list(CELLS)
    for cell, (value, expected) in CELLS.items():
        assert compile_unary_tests(cell, ["限额"]).matches(value, {"限额": 10}) is expected


def test_the_example_for_programmers_runs(tmp_path: Path) -> None:
    (source,) = blocks("python")
    script = tmp_path / "example.py"
    script.write_text(source, encoding="utf-8")

    names = runpy.run_path(str(script))

    assert names["expression"].text == "采购金额 >= 限额"


def test_the_example_of_the_folder_runs(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "engine" / "feel" / "README.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    script = tmp_path / "example.py"
    script.write_text(source, encoding="utf-8")

    names = runpy.run_path(str(script))

    assert isinstance(names["library"], FunctionLibrary)
