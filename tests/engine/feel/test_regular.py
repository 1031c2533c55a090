"""Regular expressions of XPath in linear time."""

from __future__ import annotations

import pytest

from tests.engine.feel.evaluation import cases, result, warnings_of

MATCHES = cases(r"""
matches("采购计划", "^\w+$")  ==>  true
matches("410122", "^\d{6}$")  ==>  true
matches("13812345678", "^1[3-9]\d{9}$")  ==>  true
matches("a b", "a\sb")  ==>  true
matches("ABC", "abc", "i")  ==>  true
matches("ab", "a b", "x")  ==>  true
matches("a.c", "a.c", "q")  ==>  true
matches("abc", "a.c", "q")  ==>  false
matches("a\nb", "a.b")  ==>  false
matches("a\nb", "a.b", "s")  ==>  true
matches("a\nb", "^b$")  ==>  false
matches("a\nb", "^b$", "m")  ==>  true
matches("x", "[a-z-[aeiou]]")  ==>  true
matches("e", "[a-z-[aeiou]]")  ==>  false
matches("采", "\p{IsCJKUnifiedIdeographs}")  ==>  true
matches("a", "\P{IsCJKUnifiedIdeographs}")  ==>  true
matches("é", "\p{Ll}")  ==>  true
matches("-", "[\w-]")  ==>  true
matches("a", "[^\d\s]")  ==>  true
matches("_x:1", "^\i\c*$")  ==>  true
matches("&", "[&~]")  ==>  true
matches("a", "(a")  ==>  null
matches("a", "[b-a]")  ==>  null
matches("a", "[a")  ==>  null
matches("a", "\p{IsKlingon}")  ==>  null
matches("a", "(?=a)")  ==>  null
matches("a", "(?i)a")  ==>  null
matches("aa", "(a)\1")  ==>  null
matches("a", "\b")  ==>  null
matches("a", "a", "z")  ==>  null
replace("abracadabra", "a(.)", "[$1]")  ==>  "[b]r[c][d][b]ra"
replace("abc", "b", "[$0]")  ==>  "a[b]c"
replace("abc", "b", "\$")  ==>  "a$c"
replace("abc", "(b)", "$12")  ==>  "ab2c"
replace("abc", "b", "$1")  ==>  "ac"
replace("a  b", "\s+", " ")  ==>  "a b"
""")


@pytest.mark.parametrize(("expression", "expected"), MATCHES)
def test_regular_expression(expression: str, expected: str) -> None:
    assert result(expression) == expected


def test_what_cannot_be_matched_in_linear_time_is_named_with_its_place() -> None:
    (warning,) = warnings_of(r'1 = 1 and matches("aa", "(a)\1")')[:1]

    assert warning.message_zh == r"正则表达式“(a)\1”第 4 个字符处含有不支持的反向引用。"
    assert warning.column == 11
