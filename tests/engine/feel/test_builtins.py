"""The built-in functions (DMN 1.5 §10.3.4), one line per behaviour."""

from __future__ import annotations

import datetime

import pytest

from engine.feel import FeelFunction
from tests.engine.feel.evaluation import cases, result, warnings_of

STRINGS = cases(r"""
substring("采购计划备案", 3)  ==>  "计划备案"
substring("采购计划备案", 3, 2)  ==>  "计划"
substring("采购计划备案", -2)  ==>  "备案"
substring("abc", 0)  ==>  null
substring("abc", 4)  ==>  null
substring("abc", 1, 0)  ==>  null
substring("𠮷野", 2)  ==>  "野"
string length("𠮷野")  ==>  2
upper case("aBc")  ==>  "ABC"
lower case("aBc")  ==>  "abc"
substring before("410122-中牟", "-")  ==>  "410122"
substring before("abc", "x")  ==>  ""
substring after("410122-中牟", "-")  ==>  "中牟"
substring after("abc", "")  ==>  "abc"
substring after("abc", "x")  ==>  ""
contains("公开招标", "招标")  ==>  true
starts with("410122", "4101")  ==>  true
ends with("公开招标", "公开")  ==>  false
split("甲、乙、丙", "、")  ==>  ["甲", "乙", "丙"]
split("a;b;;", ";")  ==>  ["a", "b", "", ""]
split("John Doe", "\s")  ==>  ["John", "Doe"]
string join(["a", null, "b"], "-")  ==>  "a-b"
string join([], "-")  ==>  ""
string join([1])  ==>  null
string(1.50)  ==>  "1.5"
string(1e3)  ==>  "1000"
string("a")  ==>  "a"
string(null)  ==>  null
string(@"2026-11-21")  ==>  "2026-11-21"
string([1, "a", {b: true}])  ==>  "[1, \"a\", {b: true}]"
contains("a")  ==>  null
contains("a", 1)  ==>  null
contains(["abc"], "b")  ==>  true
""")

NUMBERS = cases("""
decimal(1 / 3, 2)  ==>  0.33
decimal(2.5, 0)  ==>  2
decimal(1234, -2)  ==>  1200
decimal(1, 7000)  ==>  null
floor(-1.5)  ==>  -2
floor(1.56, 1)  ==>  1.5
ceiling(1.2)  ==>  2
round up(-1.121, 2)  ==>  -1.13
round down(-1.129, 2)  ==>  -1.12
round half up(2.5, 0)  ==>  3
round half up(-2.5, 0)  ==>  -3
round half down(2.5, 0)  ==>  2
abs(-1.5)  ==>  1.5
abs(@"-P1D")  ==>  @"P1D"
modulo(-12, 5)  ==>  3
modulo(12, -5)  ==>  -3
modulo(1, 0)  ==>  null
sqrt(16)  ==>  4
sqrt(-1)  ==>  null
log(1)  ==>  0
log(0)  ==>  null
exp(0)  ==>  1
exp(99999)  ==>  null
odd(-3)  ==>  true
even(1e34)  ==>  true
even(1.5)  ==>  false
odd(1.5)  ==>  false
number("1 000 000,01", " ", ",")  ==>  1000000.01
number("1,000", ",", ".")  ==>  1000
number("12元", ",", ".")  ==>  null
number("1.0", ".", ".")  ==>  null
""")

LISTS = cases("""
list contains([1, null], null)  ==>  true
count([1, [2, 3]])  ==>  2
count(null)  ==>  null
min(3, 1, 2)  ==>  1
max(["a", "c", "b"])  ==>  "c"
max([])  ==>  null
min([1, "a"])  ==>  null
max([@"2026-01-01", @"2026-02-01"])  ==>  @"2026-02-01"
sum([0.1, 0.2])  ==>  0.3
sum(1, 2, 3)  ==>  6
sum([])  ==>  null
sum(["a"])  ==>  null
sum([@"P1D", @"PT12H"])  ==>  @"P1DT12H"
mean(1, 2, 6)  ==>  3
product([2, 3, 4])  ==>  24
median([6, 1, 2, 3])  ==>  2.5
median([])  ==>  null
stddev([2, 4, 7, 5])  ==>  2.081665999466132735282297706979931
stddev([1])  ==>  null
mode([6, 3, 9, 6, 3])  ==>  [3, 6]
mode([])  ==>  []
all([true, null])  ==>  null
all([true, null, false])  ==>  false
all([])  ==>  true
any([false, null])  ==>  null
any(true, null)  ==>  true
any([1, true])  ==>  null
sublist([1, 2, 3], 2)  ==>  [2, 3]
sublist([1, 2, 3], -2, 1)  ==>  [2]
sublist([1, 2, 3], 2, 5)  ==>  null
append([1], 2, [3])  ==>  [1, 2, [3]]
concatenate([1], [2, 3])  ==>  [1, 2, 3]
insert before([1, 3], 2, 2)  ==>  [1, 2, 3]
remove([1, 2, 3], 2)  ==>  [1, 3]
remove([], 1)  ==>  null
list replace([1, 2], 2, 9)  ==>  [1, 9]
list replace([2, 4, 7], function(item, new) item < new, 5)  ==>  [5, 5, 7]
reverse([1, 2])  ==>  [2, 1]
index of([1, 2, 1], 1)  ==>  [1, 3]
union([1, 2], [2, 3])  ==>  [1, 2, 3]
distinct values([1, 1.0, "1", [1], [1.0], null, null])  ==>  [1, "1", [1], null]
flatten([1, [2, [3]], []])  ==>  [1, 2, 3]
""")

CONTEXTS = cases("""
get value({a: 1}, "a")  ==>  1
get value({a: {b: 2}}, ["a", "b"])  ==>  2
get value({a: 1}, "b")  ==>  null
get value(null, "b")  ==>  null
get entries({a: 1})  ==>  [{key: "a", value: 1}]
context([{key: "a", value: 1}])  ==>  {a: 1}
context([{key: "a", value: 1}, {key: "a", value: 2}])  ==>  null
context put({a: 1}, "b", 2)  ==>  {a: 1, b: 2}
context put({a: {b: 1}}, ["a", "c"], 2)  ==>  {a: {b: 1, c: 2}}
context put({a: 1}, ["a", "b"], 2)  ==>  null
context merge([{a: 1}, {a: 2, b: 3}])  ==>  {a: 2, b: 3}
""")

RANGES = cases("""
before(1, 10)  ==>  true
before([1..5], [5..9])  ==>  false
before([1..5), [5..9])  ==>  true
after([6..9], 5)  ==>  true
meets([1..5], [5..9])  ==>  true
met by([5..9], [1..5])  ==>  true
overlaps([1..5], [5..8])  ==>  true
overlaps([1..5], (5..8])  ==>  false
overlaps before([1..5], [3..8])  ==>  true
overlaps after([3..8], [1..5])  ==>  true
finishes(10, [1..10])  ==>  true
finished by([1..10], [5..10])  ==>  true
includes([1..10], 5)  ==>  true
includes([1..10), [5..10])  ==>  false
during([4..6], [1..10])  ==>  true
starts(1, [1..10])  ==>  true
started by([1..10], [1..5])  ==>  true
coincides([1..5], [1..5])  ==>  true
before(point: 1, range: [2..3])  ==>  true
meets(range1: [1..5], range2: [6..9])  ==>  false
range("[1..3]")  ==>  [1..3]
range("[3..1]")  ==>  null
range("[1..]")  ==>  null
during(@"2026-03-01", [@"2026-01-01"..@"2026-12-31"])  ==>  true
""")

NAMED = cases("""
substring(string: "abc", start position: 2)  ==>  "bc"
substring(start position: 2, string: "abc", length: 1)  ==>  "b"
substring(text: "abc", start position: 2)  ==>  null
min(list: [2, 1])  ==>  1
""")


@pytest.mark.parametrize(
    ("expression", "expected"),
    STRINGS + NUMBERS + LISTS + CONTEXTS + RANGES + NAMED,
)
def test_built_in(expression: str, expected: str) -> None:
    assert result(expression) == expected


def test_wrong_arguments_are_explained() -> None:
    (warning,) = warnings_of('substring("abc")')

    assert warning.message_zh == "参数不正确，应为 substring(string, start position, length) 。"


def test_a_variable_hides_a_function_of_the_same_name() -> None:
    assert result("count + 1", count=4) == "5"
    assert result("count([1, 2])", total=0) == "2"


def test_a_function_is_still_called_beside_a_variable_of_its_name() -> None:
    assert result("count(rows) > count", count=1, rows=[1, 2]) == "true"
    assert result('date > date("2026-01-01")', date=datetime.date(2026, 11, 21)) == "true"


def test_a_function_of_the_callers_hides_the_standard_one() -> None:
    odd = FeelFunction(("n",), lambda n: "own")

    assert result("odd(2)", odd=odd) == '"own"'
