"""Lists, filters, contexts, ranges, loops and functions."""

from __future__ import annotations

import pytest

from tests.engine.feel.evaluation import cases, result, warnings_of

LISTS = cases("""
[]  ==>  []
[1, "a", null]  ==>  [1, "a", null]
[1, 2, 3][1]  ==>  1
[1, 2, 3][-1]  ==>  3
[1, 2, 3][0]  ==>  null
[1, 2, 3][4]  ==>  null
[1, 2, 3][1.5]  ==>  null
[1, 2, 3][item > 1]  ==>  [2, 3]
[1, 2, 3][even(item)]  ==>  [2]
[1, 2, 3][true]  ==>  [1, 2, 3]
[1, 2, 3][null]  ==>  []
[1, 2, 3]["a"]  ==>  null
[1, 2, 3][count([1, 2])]  ==>  2
5[1]  ==>  5
5[item > 9]  ==>  []
null[1]  ==>  null
null[item = 1]  ==>  []
[{数量: 1}, {数量: 5}][数量 > 2]  ==>  [{数量: 5}]
[{数量: 1}, {数量: 5}][数量 > 2].数量  ==>  [5]
[{item: 1}, {item: 2}][item >= 2]  ==>  [{item: 2}]
[{a: 1}, {b: 2}].a  ==>  [1, null]
[{a: {b: [1]}}].a.b  ==>  [[1]]
""")

CONTEXTS = cases("""
{}  ==>  {}
{a: 1, b: a + 1}  ==>  {a: 1, b: 2}
{"a b": 1}  ==>  {"a b": 1}
{a b: 1, c: a b + 1}.c  ==>  2
{foo+bar: 1}.foo+bar  ==>  1
{a: {b: {c: 1}}}.a.b.c  ==>  1
{a: 1}.b  ==>  null
{a: 1, a: 2}  ==>  null
1.a  ==>  null
null.a  ==>  null
{a: function(x) x * 2}.a(21)  ==>  42
{阶乘: function(n) if n <= 1 then 1 else n * 阶乘(n - 1), r: 阶乘(20)}.r  ==>  2432902008176640000
""")

RANGES = cases("""
[1..3]  ==>  [1..3]
]1..3[  ==>  (1..3)
[1..null]  ==>  null
[1.."a"]  ==>  null
2 in [1..3]  ==>  true
3 in [1..3)  ==>  false
3 in [1..3[  ==>  false
1 in ]1..3]  ==>  false
5 in (> 3)  ==>  true
5 in (1, < 3, >= 5)  ==>  true
5 in > 5  ==>  false
5 in != 5  ==>  false
5 in =5  ==>  true
"b" in ["a".."c"]  ==>  true
1 in [2, 3, 1]  ==>  true
1 in [[0..2], [5..6]]  ==>  true
[1] in [[1], [2]]  ==>  true
null in [1..3]  ==>  null
null in (null, 1)  ==>  true
1 in (null, 1)  ==>  true
(< 10).end  ==>  10
(< 10).start  ==>  null
[1..3].start included  ==>  true
(1..3].start included  ==>  false
@"2026-05-01" in [@"2026-04-01"..@"2026-06-30"]  ==>  true
""")

LOOPS = cases("""
for i in [1, 2] return i * 2  ==>  [2, 4]
for i in 1..3 return i  ==>  [1, 2, 3]
for i in 3..1 return i  ==>  [3, 2, 1]
for i in [1..3) return i  ==>  [1, 2]
for i in 1..2, j in i..2 return [i, j]  ==>  [[1, 1], [1, 2], [2, 2]]
for i in 0..4 return if i = 0 then 1 else i * partial[-1]  ==>  [1, 1, 2, 6, 24]
for i in 5 return i  ==>  [5]
for i in [] return i  ==>  []
for i in null return i  ==>  null
for i in 1..1.5 return i  ==>  null
for 明细 项 in [{a: 1}] return 明细 项.a  ==>  [1]
for d in @"2024-02-28"..@"2024-03-01" return d.day  ==>  [28, 29, 1]
some x in [1, 2] satisfies x > 1  ==>  true
some x in [1, null] satisfies x > 1  ==>  null
some x in [] satisfies true  ==>  false
every x in [1, 2] satisfies x > 1  ==>  false
every x in [2, null] satisfies x > 1  ==>  null
every x in [] satisfies false  ==>  true
some x in [1, 2], y in [2, 3] satisfies x = y  ==>  true
some x in null satisfies true  ==>  null
every x in [1] satisfies "a"  ==>  null
""")

FUNCTIONS = cases("""
(function(a, b) a - b)(3, 1)  ==>  2
(function(a, b) a - b)(b: 3, a: 1)  ==>  -2
(function(a, b) a - b)(1)  ==>  null
(function(a: number) a)("x")  ==>  null
(function(a: list<number>) a)(1)  ==>  [1]
(function(a) function(b) a + b)(1)(2)  ==>  3
for f in [function(x) x + 1, function(x) x * 10] return f(5)  ==>  [6, 50]
sort([3, 1, 2], function(x, y) x > y)  ==>  [3, 2, 1]
sort(list: ["b", "a"])  ==>  ["a", "b"]
sort([{k: 2}, {k: 1}], function(x, y) x.k < y.k).k  ==>  [1, 2]
(function(a) external {java: {class: "java.lang.Math"}})(1)  ==>  null
{f: 1}.f(2)  ==>  null
""")


@pytest.mark.parametrize(
    ("expression", "expected"),
    LISTS + CONTEXTS + RANGES + LOOPS + FUNCTIONS,
)
def test_collection(expression: str, expected: str) -> None:
    assert result(expression) == expected


def test_names_of_the_caller_are_seen_in_a_filter_unless_a_member_has_them() -> None:
    rows = [{"price": 10}, {"price": 30, "limit": 5}]

    assert result("rows[price > limit].price", rows=rows, limit=20) == "[30]"
    assert result("count(rows[price > limit])", rows=rows, limit=5) == "2"


def test_a_function_keeps_the_variables_around_it() -> None:
    expression = "{rate: 0.13, tax: function(x) x * rate, r: {rate: 9, t: tax(100)}.t}.r"

    assert result(expression) == "13"


def test_what_is_missing_is_named() -> None:
    (warning,) = warnings_of("{a: 1}.单价")

    assert warning.message_zh == "没有名为“单价”的成员。"
