"""Names with spaces and signs, Chinese names, and what a Chinese keyboard types by mistake."""

from __future__ import annotations

import pytest

from engine.feel import FeelError, compile_expression
from tests.engine.feel.evaluation import result


def test_names_may_hold_spaces_signs_and_chinese() -> None:
    context = {"Full Name": "李伟", "a-b": 5, "单价 含税": 11, "部门.名称": "财政局", "数量": 3}

    assert result("Full  Name", **context) == '"李伟"'
    assert result("a-b", **context) == "5"
    assert result("单价 含税 * 数量", **context) == "33"
    assert result("部门.名称", **context) == '"财政局"'


def test_a_sign_is_an_operator_when_no_such_name_is_known() -> None:
    assert result("a-b", a=5, b=3) == "2"
    assert result("a - b + a-b", **{"a": 5, "b": 3, "a-b": 100}) == "102"


def test_the_longest_name_wins() -> None:
    context = {"金额": 1, "金额 合计": 2, "date": 3}

    assert result("金额 合计", **context) == "2"
    assert result("金额 + 金额 合计", **context) == "3"
    assert result('date + date and time("2026-01-01").year', **context) == "2029"


def test_a_name_may_begin_with_a_keyword() -> None:
    assert result("information + notes", information=1, notes=2) == "3"
    assert result("in progress", **{"in progress": True}) == "true"
    assert result("某金额 and 或者", 某金额=True, 或者=False) == "false"


def test_comments_and_line_breaks_are_blanks() -> None:
    assert result("1 // 一\n + /* 二 */ 2") == "3"


def test_free_names_are_reported_without_local_ones() -> None:
    expression = "for i in 明细 return {价: i.单价, 额: 价 * 税率}.额 + count(明细)"

    assert compile_expression(expression).names == {"明细", "税率"}


def test_names_in_filters_count_when_they_are_known() -> None:
    text = "明细[单价 > 限价].单价"

    assert compile_expression(text, ["明细", "限价"]).names == {"明细", "限价"}
    assert compile_expression(text).names == {"明细", "限价", "单价"}


MISTYPED = [
    ("采购金额＞100", 5, ">"),
    ("采购金额 ＞＝ 100", 6, ">="),
    ("采购金额＝100", 5, "="),
    ("采购金额≥100", 5, ">="),
    ("采购金额 == 100", 6, "="),
    ("a ！= b", 3, "!="),
    ("a <> b", 3, "!="),
    ("a && b", 3, "and"),
    ("a || b", 3, "or"),
    ("a，b", 2, ","),
    ("[甲、乙]", 3, ","),
    ("sum（1）", 4, "("),
    ("sum(1）", 6, ")"),
    ("【1】", 1, "["),
    ("{a：1}", 3, ":"),
    ("明细。单价", 3, "."),
    ("“公开招标”", 1, '"'),
    ("＂甲＂", 1, '"'),
    ("‘甲’", 1, '"'),
    ("'甲'", 1, '"'),
    ("单价 × 2", 4, "*"),
    ("单价 ÷ 2", 4, "/"),
    ("单价－1", 3, "-"),
    ("１００", 1, "1"),
    ("Ａ + 1", 1, "A"),
    ("a；b", 2, ","),
    ("？ > 1", 1, "?"),
    ("[1……3]", 3, ".."),
]


@pytest.mark.parametrize(("text", "column", "meant"), MISTYPED)
def test_a_full_width_sign_is_refused_with_the_sign_to_type(
    text: str, column: int, meant: str
) -> None:
    with pytest.raises(FeelError) as caught:
        compile_expression(text)

    assert (caught.value.line, caught.value.column) == (1, column)
    assert f"请改用英文半角的 {meant} " in caught.value.message_zh
    assert caught.value.message_en.startswith(f"line 1, column {column}: Type {meant} instead of")


def test_full_width_signs_inside_strings_are_text() -> None:
    assert result('"（甲），乙＞丙"') == '"（甲），乙＞丙"'


WRONG = [
    ("", 1, 1, "表达式不完整。"),
    ("= 1", 1, 1, "表达式开头不需要等号 =。"),
    ("1 +", 1, 4, "表达式不完整。"),
    ("1 + * 2", 1, 5, "此处不应出现“*”，应为 名称 。"),
    ("[1, 2", 1, 6, "表达式不完整，应为 , 或 ] 。"),
    ('"abc', 1, 1, '文本缺少右侧的英文双引号 " 。'),
    ("if a then b", 1, 12, "表达式不完整，应为 else 。"),
    ("for i in [1] i", 1, 14, "此处不应出现“i”，应为 return 。"),
    ("100元", 1, 4, "数字后不能直接写“元”。"),
    ("a\n  +\n ) 1", 3, 2, "此处不应出现“)”，应为 名称 。"),
    ("f(a: 1, 2)", 1, 2, "参数要么都写名称，要么都不写。"),
    ("1 /* 无尽", 1, 3, "注释没有以 */ 结束。"),
]


@pytest.mark.parametrize(("text", "line", "column", "reason"), WRONG)
def test_a_wrong_text_is_refused_with_its_place(
    text: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(FeelError) as caught:
        compile_expression(text)

    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message_zh == f"第{line}行第{column}列：{reason}"
    assert caught.value.message_en.startswith(f"line {line}, column {column}: ")


def test_the_same_text_and_names_are_compiled_once() -> None:
    assert compile_expression("a + 1", ["a"]) is compile_expression("a + 1", ["a"])
    assert compile_expression("a-b", ["a-b"]) is not compile_expression("a-b", ["a", "b"])


def test_a_variable_may_be_called_like_a_function() -> None:
    expression = compile_expression("sum > 5 and count(items) > 1")

    assert expression.names == {"sum", "items"}
    assert expression.evaluate({"sum": 10, "items": [1, 2]}) is True
