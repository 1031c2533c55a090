"""Cells of decision tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import FeelError, compile_unary_tests

CELLS = [
    ("-", 5, True),
    ("-", None, True),
    ("5", 5, True),
    ("5", 6, False),
    ("< 10", 9.99, True),
    ("< 10", 10, False),
    ("<= 10", 10, True),
    ("> 10, < 5", 4, True),
    ("!= 5", 6, True),
    ("[1..5)", 5, False),
    ("(1..5]", 5, True),
    ("]1..5[", 5, False),
    ("1, 3, [5..7]", 6, True),
    ('"甲", "乙"', "乙", True),
    ('not("甲", "乙")', "丙", True),
    ('not("甲", "乙")', "乙", False),
    ("not(> 5)", 6, False),
    ("not(? > 5)", 4, True),
    ("true", True, True),
    ("true", False, False),
    ("true", None, False),
    ("null", None, True),
    ("null", 1, None),
    ("? > 5 and ? < 8", 6, True),
    ("? > 5 and ? < 8", 9, False),
    ('starts with(?, "4101")', "410122", True),
    ('contains(?, "公开")', None, None),
    ("限额", 100, True),
    ("> 限额", 101, True),
    ("> 限额 * 2", 201, True),
    ("可选", 2, True),
    ("可选", 9, False),
    ("[限额..限额 + 5]", 103, True),
    ("限额 > 5", "任意", True),
    ("not(真)", False, True),
    ("not(真) or true", 7, True),
    ('date("2026-01-01")', "2026-01-01", None),
    ("< 10", None, None),
    ("< 10", "a", None),
    ('@"2026-01-01"', "x", None),
]


@pytest.mark.parametrize(("cell", "value", "expected"), CELLS)
def test_cell(cell: str, value: object, expected: bool | None) -> None:
    context = {"限额": 100, "可选": [1, 2, 3], "真": True}

    assert compile_unary_tests(cell, context).matches(value, context) is expected


def test_a_list_matches_itself_and_its_elements() -> None:
    tests = compile_unary_tests("可选", ["可选"])

    assert tests.matches([1, 2], {"可选": [1, 2]}) is True
    assert tests.matches(Decimal("2.0"), {"可选": [1, 2]}) is True


def test_a_dash_is_told_apart_from_a_minus() -> None:
    assert compile_unary_tests(" - ").matches_all
    assert not compile_unary_tests("-1").matches_all
    assert compile_unary_tests("-1").matches(-1, {}) is True


def test_used_names_do_not_hold_the_input() -> None:
    assert compile_unary_tests("? > 限额").names == {"限额"}


@pytest.mark.parametrize("cell", ["", "> 5 and < 10", "1,", "=", "not(1", "＞5", "5 6"])
def test_a_wrong_cell_is_refused(cell: str) -> None:
    with pytest.raises(FeelError):
        compile_unary_tests(cell)


def test_warnings_of_a_cell_are_returned() -> None:
    found = compile_unary_tests("? > 5").run("a", {})

    assert found.value is None
    assert found.warnings[0].message_zh == "文本与数字不能比较。"
