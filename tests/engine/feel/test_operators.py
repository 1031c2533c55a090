"""Arithmetic, comparison and three-valued logic (DMN 1.5 §10.3.2.5 to §10.3.2.8)."""

from __future__ import annotations

import pytest

from tests.engine.feel.evaluation import cases, result, warnings_of

NUMBERS = cases("""
0.1 + 0.2 = 0.3  ==>  true
1 / 3 * 3 = 1  ==>  false
10 - 2 - 3  ==>  5
2 + 3 * 4  ==>  14
(2 + 3) * 4  ==>  20
2 ** 3 ** 2  ==>  64
-3 ** 2  ==>  9
2 ** -2  ==>  0.25
2 ** 0.5  ==>  1.414213562373095048801688724209698
--1  ==>  1
1.5e3  ==>  1500
.5 + 1  ==>  1.5
12345678901234567890123456789012345678  ==>  12345678901234567890123456789012350000
1 / 0  ==>  null
0 / 0  ==>  null
0 ** -1  ==>  null
0 ** 0  ==>  1
(-8) ** 0.5  ==>  null
10 ** 6144 * 10  ==>  null
1 + null  ==>  null
1 + "1"  ==>  null
"采购" + "计划"  ==>  "采购计划"
"采购" - "计划"  ==>  null
true + true  ==>  null
[1] + [2]  ==>  null
-"a"  ==>  null
""")

COMPARISONS = cases("""
1 < 2  ==>  true
2 <= 2  ==>  true
1 > 2  ==>  false
"a" < "b"  ==>  true
"甲" = "甲"  ==>  true
1 = 1.00  ==>  true
1 != 2  ==>  true
null = null  ==>  true
1 = null  ==>  false
null != 1  ==>  true
1 = "1"  ==>  null
1 < "2"  ==>  null
1 < null  ==>  null
true < false  ==>  null
[1, [2]] = [1, [2.0]]  ==>  true
[1] = [1, 2]  ==>  false
{a: 1, b: 2} = {b: 2, a: 1}  ==>  true
{a: 1} = {a: "1"}  ==>  false
[1..2] = [1..2]  ==>  true
[1..2] = [1..2)  ==>  false
5 between 1 and 5  ==>  true
6 between 1 and 5  ==>  false
6 between null and 5  ==>  false
4 between null and 5  ==>  null
"b" between "a" and "c"  ==>  true
""")

LOGIC = cases("""
true and true  ==>  true
true and null  ==>  null
false and null  ==>  false
null and false  ==>  false
true and "x"  ==>  null
false and "x"  ==>  false
true or null  ==>  true
null or true  ==>  true
false or null  ==>  null
false or false  ==>  false
not(true)  ==>  false
not(null)  ==>  null
not(1)  ==>  null
true and true and false  ==>  false
false or true and false  ==>  false
if null then 1 else 2  ==>  2
if "a" then 1 else 2  ==>  null
if 1 > 0 then "是" else "否"  ==>  "是"
""")


@pytest.mark.parametrize(("expression", "expected"), NUMBERS + COMPARISONS + LOGIC)
def test_operator(expression: str, expected: str) -> None:
    assert result(expression) == expected


def test_null_of_an_operator_has_a_warning_with_its_place() -> None:
    (warning,) = warnings_of('1 +\n  2 * "x"')[:1]

    assert (warning.line, warning.column) == (2, 5)
    assert warning.message_zh == "数字与文本不能用 * 运算。"
    assert warning.message_en == "* is not defined for number and string."


def test_the_right_side_is_not_evaluated_when_the_left_decides() -> None:
    assert warnings_of("false and 1 / 0 = 1") == ()
    assert warnings_of("true or 1 / 0 = 1") == ()
    assert warnings_of("if true then 1 else 1 / 0") == ()


@pytest.mark.parametrize("amount", ["2999999.99", "3000000", "3000000.01"])
def test_a_threshold_is_exact(amount: str) -> None:
    expression = '采购金额 >= 3000000 and 采购方式 != "公开招标"'

    found = result(expression, 采购金额=float(amount), 采购方式="竞争性谈判")

    assert found == ("false" if amount.startswith("2") else "true")
