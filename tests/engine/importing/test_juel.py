"""JUEL means in FEEL what it means in the engines it comes from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.expressions import syntax_error
from engine.clock import OFFICE_ZONE
from engine.feel import compile_expression, from_feel, to_feel
from engine.feel.office import OFFICE, set_now
from engine.importing.juel import JuelError, translate
from tests.engine.importing.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER: Final = {
    "amount": 1200,
    "kind": "货物",
    "lines": [{"price": 10, "name": "纸"}, {"price": 5, "name": "笔"}],
    "buyer": {"name": "Lee", "full name": "Ann Lee"},
}
#: (JUEL, variables, value there).
VALUES: Final[list[tuple[str, dict[str, Any], Any]]] = [
    ("${count > 3}", {"count": 4}, True),
    # comparisons
    ("${a == 1}", {"a": 1}, True),
    ("${a eq 1}", {"a": 2}, False),
    ("${a != 1}", {"a": None}, True),
    ("${a ne 'x'}", {"a": "x"}, False),
    ("${a < b}", {"a": 1, "b": 2}, True),
    ("${a lt b || a gt b}", {"a": 3, "b": 2}, True),
    ("${a <= 2 and a ge 2}", {"a": 2}, True),
    ("${金额 >= 1000 && 类别 == '货物'}", {"金额": 1000, "类别": "货物"}, True),
    ("${a == null}", {}, True),
    ("${'true' == a}", {"a": True}, True),
    ("${a == 'true'}", {"a": "true"}, True),
    ("${a != 'false'}", {"a": False}, False),
    ("${a == '7'}", {"a": 7}, True),
    ("${a == '7'}", {"a": "7"}, True),
    ("${(a > 5) == b}", {"a": 6, "b": True}, True),
    # in JUEL a missing boolean is false
    ("${!a}", {"a": None}, True),
    ("${!a}", {"a": True}, False),
    ("${not a}", {"a": False}, True),
    ("${!!a}", {"a": True}, True),
    ("${!(a > 5)}", {"a": None}, True),
    ("${!(a == 5)}", {"a": 5}, False),
    ("${!(a && b)}", {"a": True, "b": None}, True),
    ("${a || b && c}", {"a": True, "b": False, "c": False}, True),
    ("${(a || b) && c}", {"a": True, "b": False, "c": False}, False),
    # emptiness is null, no text, no items or no entries
    ("${empty a}", {}, True),
    ("${empty a}", {"a": ""}, True),
    ("${empty a}", {"a": []}, True),
    ("${empty a}", {"a": {}}, True),
    ("${empty a}", {"a": 0}, False),
    ("${not empty a}", {"a": [1]}, True),
    ("${!empty a && a.size() > 1}", {"a": [1, 2]}, True),
    ("${empty a ? 'none' : a}", {"a": "x"}, "x"),
    # ternary
    ("${a ? 1 : 2}", {"a": None}, 2),
    ("${a > 1 ? 'x' : a > 0 ? 'y' : 'z'}", {"a": 1}, "y"),
    # arithmetic
    ("${a + b * 2}", {"a": 1, "b": 3}, 7),
    ("${(a + b) * 2}", {"a": 1, "b": 3}, 8),
    ("${a - b - c}", {"a": 9, "b": 3, "c": 2}, 4),
    ("${a - (b - c)}", {"a": 9, "b": 3, "c": 2}, 8),
    ("${a / b / c}", {"a": 12, "b": 2, "c": 3}, 2),
    ("${a / (b / c)}", {"a": 12, "b": 6, "c": 3}, 6),
    ("${1 div 4}", {}, 0.25),
    ("${a % 3}", {"a": 7}, 1),
    ("${a % 3}", {"a": -7}, -1),
    ("${a mod b + 1}", {"a": 7, "b": 4}, 4),
    ("${-a * -2}", {"a": 3}, 6),
    ("${'3' + 4}", {}, 7),
    ("${.5 + 1.}", {}, 1.5),
    # properties, indexes, keys
    ("${o.buyer.name}", {"o": ORDER}, "Lee"),
    ("${o['buyer']['full name']}", {"o": ORDER}, "Ann Lee"),
    ("${o.lines[1].name}", {"o": ORDER}, "笔"),
    ("${o.lines.get(0).price}", {"o": ORDER}, 10),
    ("${o.get('kind')}", {"o": ORDER}, "货物"),
    ("${list[i + 1]}", {"list": ["a", "b", "c"], "i": 1}, "c"),
    ("${users[loopCounter]}", {"users": ["a", "b"], "loopCounter": 1}, "a"),
    ("${loopCounter == 0}", {"loopCounter": 1}, True),
    ("${o.lines[5]}", {"o": ORDER}, None),
    ("${o.containsKey('kind')}", {"o": ORDER}, True),
    # methods
    ("${a.equals('x')}", {"a": "x"}, True),
    ("${!a.equals('x')}", {"a": "y"}, True),
    ("${'x'.equals(a)}", {"a": None}, False),
    ("${a.equalsIgnoreCase('YES')}", {"a": "Yes"}, True),
    ("${a.contains('b')}", {"a": "abc"}, True),
    ("${a.contains('b')}", {"a": ["a", "b"]}, True),
    ("${!a.contains('b')}", {"a": ["a"]}, True),
    ("${a.startsWith('C') and a.endsWith('9')}", {"a": "C9"}, True),
    ("${a.length()}", {"a": "采购"}, 2),
    ("${a.size() == 2}", {"a": [1, 2]}, True),
    ("${a.isEmpty()}", {"a": []}, True),
    ("${!a.isEmpty()}", {"a": "x"}, True),
    ("${a.isBlank()}", {"a": "  "}, True),
    ("${a.trim().toUpperCase()}", {"a": " ab "}, "AB"),
    ("${a.toLowerCase().concat('!')}", {"a": "AB"}, "ab!"),
    ("${a.substring(2)}", {"a": "abcd"}, "cd"),
    ("${a.substring(1, 3)}", {"a": "abcd"}, "bc"),
    ("${a.substring(i, i + 1)}", {"a": "abcd", "i": 2}, "c"),
    ("${a.matches('[A-Z]{2}')}", {"a": "ABC"}, False),
    ("${a.matches('[A-Z]{3}')}", {"a": "ABC"}, True),
    ("${a.replace('.', '-')}", {"a": "1.2.3"}, "1-2-3"),
    ("${a.toString()}", {"a": 12}, "12"),
    ("${a.intValue()}", {"a": -2.7}, -2),
    ("${a.compareTo(b) >= 0}", {"a": 10, "b": 9}, True),
    ("${a.add(b).multiply(c)}", {"a": 1, "b": 2, "c": 3}, 9),
    ("${a.prop('n').numberValue() > 3}", {"a": {"n": 4}}, True),
    ("${execution.getVariable('a') == 5}", {"a": 5}, True),
    ("${execution.hasVariable('a')}", {}, False),
    # time
    ("${now().plusDays(2).toDate()}", {}, datetime(2026, 6, 12, 9, 0, tzinfo=OFFICE_ZONE)),
    ("${dateTime().plusWeeks(n)}", {"n": 1}, datetime(2026, 6, 17, 9, 0, tzinfo=OFFICE_ZONE)),
    ("${now().minusHours(1)}", {}, datetime(2026, 6, 10, 8, 0, tzinfo=OFFICE_ZONE)),
    # Flowable's functions
    ("${variables:equals(a, 5)}", {"a": 5}, True),
    ("${vars:getOrDefault(a, 'x')}", {}, "x"),
    ("${var:get('a') + 1}", {"a": 1}, 2),
    ("${vars:contains(a, 1, 2)}", {"a": [1, 2, 3]}, True),
    ("${vars:containsAny(a, 9, 2)}", {"a": [1, 2, 3]}, True),
    ("${variables:isNotEmpty(a)}", {"a": "x"}, True),
    ("${variables:exists(a)}", {}, False),
    ("${vars:lte(a, 5)}", {"a": 5}, True),
    # mixtures of text and expressions
    ("PT${h}H", {"h": 4}, "PT4H"),
    ("${a}-${b}", {"a": "x", "b": None}, "x-"),
    ("#{a}", {"a": 3}, 3),
    ("plain", {}, "plain"),
    (r"${'it\'s' eq a}", {"a": "it's"}, True),
    (r'${"O\"Neil"}', {}, 'O"Neil'),
    (r"${'C:\\x'}", {}, "C:\\x"),
    ("${'line'}\n", {}, "line"),
]
#: (JUEL, what the refusal names).
REFUSED: Final = [
    ("${bean.check(order)}", ".check()"),
    ("${execution.processInstanceId == 'x'}", "execution.processInstanceId"),
    ("${execution.setVariable('a', 1)}", "execution.setVariable()"),
    ("${task.assignee}", "task.assignee"),
    ("${execution}", "execution"),
    ("${list[i]}", "position from a key"),
    ("${'a' + b}", "join texts"),
    ("${a > '5'}", "by size"),
    ("${a.matches(pattern)}", "fixed text"),
    ("${currentUser()}", "currentUser()"),
    ("${fn:length(a)}", "fn:length()"),
    ("${$a}", "$a"),
    ("${then}", "no FEEL"),
    ("${a", "}"),
    ("${a b}", "column 5"),
    ("${}", "column 3"),
    ("${a == }", "column 8"),
    ("${'open}", "column 3"),
    ("${a ? b}", "column 8"),
    ("${a.}", "column 5"),
    ("${f(a,)}", "column 7"),
    ("${a = 1}", "column 5"),
    ("${" + "(" * 60 + "a" + ")" * 60 + "}", "deep"),
    ("${a" + " + a" * 400 + "}", "too long"),
    ("${a" + ".b" * 4000 + "}", "too long"),
]


@pytest.mark.parametrize(("text", "variables", "expected"), VALUES)
def test_the_translation_has_the_same_value(
    text: str, variables: dict[str, Any], expected: object
) -> None:
    written = translate(text)

    value = evaluated(written, variables)
    assert value == expected
    assert isinstance(value, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text[:20] for text, _ in REFUSED])
def test_what_has_no_counterpart_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(JuelError) as refused:
        translate(text)

    assert reason in refused.value.message_en
    assert refused.value.message_zh != refused.value.message_en


def test_an_expression_without_its_braces_can_be_read() -> None:
    assert translate("amount > 100 && !done", bare=True) == "amount > 100 and done != true"


def test_a_closing_brace_too_many_is_found() -> None:
    with pytest.raises(JuelError):
        translate("a } b", bare=True)


PIECES: Final = st.sampled_from(
    [
        "a",
        "b",
        "1",
        "2.5",
        "'x'",
        '"y"',
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        "?",
        ":",
        "+",
        "-",
        "*",
        "/",
        "%",
        "!",
        "&&",
        "||",
        "==",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "empty",
        "not",
        "and",
        "or",
        "eq",
        "div",
        "mod",
        "true",
        "null",
        "f(",
        ".size()",
        ".get(0)",
        "${",
        "#{",
        "}",
        "金额",
        "loopCounter",
        "execution",
        "$",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_any_text_is_translated_or_refused(text: str) -> None:
    try:
        written = translate("${" + text + "}")
    except JuelError:
        return
    assert syntax_error(written) is None


def evaluated(text: str, variables: Mapping[str, Any]) -> Any:
    set_now(NOW)
    context = {name: to_feel(value) for name, value in variables.items()}
    return from_feel(compile_expression(text, (), OFFICE).evaluate(context))
