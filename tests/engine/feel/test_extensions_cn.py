"""Working days, amounts in words, divisions."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression, feel_repr
from engine.feel.extensions_cn import CHINESE_OFFICE

WORDS = [
    ("0", "零元整"),
    ("0.50", "伍角"),
    ("0.05", "伍分"),
    ("0.995", "壹元整"),
    ("1409.50", "壹仟肆佰零玖元伍角"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("285000.00", "贰拾捌万伍仟元整"),
    ("3000000.00", "叁佰万元整"),
    ("100000000.05", "壹亿元零伍分"),
    ("10000010.00", "壹仟万零壹拾元整"),
    ("1050000", "壹佰零伍万元整"),
    ("100200003", "壹亿零贰拾万零叁元整"),
]

WORKING_DAYS = [
    ('工作日.加(date("2026-02-10"), 7)', '@"2026-02-26"'),
    ('工作日.加(date("2026-04-30"), 7)', '@"2026-05-13"'),
    ('cn.add working days(date("2026-09-28"), 7)', '@"2026-10-13"'),
    ('工作日.加(date("2026-02-26"), -7)', '@"2026-02-10"'),
    ('工作日.加(date("2026-02-14"), 0)', '@"2026-02-14"'),
    ('工作日.是否(date("2026-02-14"))', "true"),
    ('工作日.是否(date("2026-02-16"))', "false"),
    ('工作日.间隔(date("2026-02-10"), date("2026-02-26"))', "7"),
    ('工作日.间隔(date("2026-02-26"), date("2026-02-10"))', "-7"),
    ('工作日.加(date("2026-02-10"), 1.5)', "null"),
    ('工作日.加(date("2026-02-10"), 99999)', "null"),
    ('行政区划前缀("410122", "410100")', "true"),
    ('行政区划前缀("410122", "4101")', "true"),
    ('行政区划前缀("410122", "410000")', "true"),
    ('行政区划前缀("410200", "410100")', "false"),
    ('cn.division prefix("中牟", "41")', "null"),
]


@pytest.mark.parametrize(("amount", "words"), WORDS)
def test_amounts_in_words(amount: str, words: str) -> None:
    found = compile_expression(f"大写金额({amount})", (), CHINESE_OFFICE).evaluate({})

    assert found == words


@pytest.mark.parametrize("amount", ["-1", "1e16", "1e6000"])
def test_other_amounts_have_no_words(amount: str) -> None:
    assert compile_expression(f"大写金额({amount})", (), CHINESE_OFFICE).evaluate({}) is None


@pytest.mark.parametrize(("expression", "expected"), WORKING_DAYS)
def test_office_functions(expression: str, expected: str) -> None:
    value = compile_expression(expression, (), CHINESE_OFFICE).evaluate({})

    assert feel_repr(value) == expected


def test_a_year_without_data_counts_monday_to_friday_and_says_so_once() -> None:
    found = compile_expression('工作日.加(date("2090-12-29"), 4)', (), CHINESE_OFFICE).run({})

    assert feel_repr(found.value) == '@"2091-01-04"'
    assert [warning.message_zh for warning in found.warnings] == [
        "2090 年的放假安排尚未公布，暂按周一至周五计算。",
        "2091 年的放假安排尚未公布，暂按周一至周五计算。",
    ]
