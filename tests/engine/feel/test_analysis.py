"""What is found wrong before an expression runs."""

from __future__ import annotations

import pytest

from engine.feel import analyse, compile_expression
from engine.feel.extensions_cn import CHINESE_OFFICE

KNOWN = {"采购金额": "number", "采购方式": "string", "明细": "list", "截止日": "date", "其他": ""}

FINDINGS = [
    ("采购金额 > 100", []),
    ("采购金額 > 100", [("unknown-name", 1, "没有名为“采购金額”的数据。是否为“采购金额”？")]),
    (
        "采购金额 大于 100",
        [("unknown-name", 1, "没有名为“采购金额 大于 100”的数据。“大于”请写成 > 。")],
    ),
    (
        "substrin(采购方式, 1)",
        [("unknown-function", 1, "没有名为“substrin”的函数。是否为“substring”？")],
    ),
    (
        "substring(采购方式)",
        [("wrong-arguments", 1, "参数不正确，应为 substring(string, start position, length) 。")],
    ),
    (
        "substring(text: 采购方式, start position: 1)",
        [("wrong-arguments", 1, "参数不正确，应为 substring(string, start position, length) 。")],
    ),
    ('采购金额 = "100"', [("type-mismatch", 6, "数字与文本不能用 = 。")]),
    ('采购金额 + "元"', [("type-mismatch", 6, "数字与文本不能用 + 。")]),
    ("采购金额 > 1 and 采购方式", [("type-mismatch", 14, "and 需要布尔值，实际为文本。")]),
    ("截止日 + 3", [("type-mismatch", 5, "日期与数字不能用 + 。")]),
    ('截止日 + duration("P3D") > today()', []),
    ("其他 + 1", []),
    ('date("2026-02-30")', [("wrong-literal", 1, "“2026-02-30”不是有效的日期。")]),
    ('@"2026-02-30"', [("wrong-literal", 1, "“2026-02-30”不是日期、时间或时长。")]),
    (
        r'matches(采购方式, "(a)\1")',
        [("wrong-literal", 1, r"正则表达式“(a)\1”第 4 个字符处含有不支持的反向引用。")],
    ),
    ("采购金额＞100", [("syntax", 5, "不能使用“＞”，请改用英文半角的 > 。")]),
    ("明细[单价 > 1].单价", []),
    ("for i in 明细 return i.单价 * j", [("unknown-name", 27, "没有名为“j”的数据。")]),
    (
        "郑州市",
        [("unknown-name", 1, '没有名为“郑州市”的数据。如果是文字，请写成 "郑州市" 。')],
    ),
    ("{a: 1, b: a}.b", []),
    ("{f: function(n) if n < 1 then 1 else f(n - 1)}.f(3)", []),
    ("工作日.加(截止日, 3)", []),
]


@pytest.mark.parametrize(("text", "expected"), FINDINGS)
def test_findings(text: str, expected: list[tuple[str, int, str]]) -> None:
    found = analyse(text, KNOWN, CHINESE_OFFICE)

    assert [(one.rule, one.column, one.message_zh) for one in found] == expected
    assert all(one.severity == "error" and one.message_en for one in found)


def test_a_compiled_expression_can_be_analysed() -> None:
    expression = compile_expression("a + b", ["a"])

    assert [one.rule for one in analyse(expression, ["a"])] == ["unknown-name"]


def test_cells_are_analysed_with_their_input() -> None:
    assert analyse("> 限额, ? < 3", ["限额"], unary=True) == []
    assert [one.rule for one in analyse("> 限额", [], unary=True)] == ["unknown-name"]
