"""What a caller gets: results, traces for the audit, strictness, limits and speed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import read_model
from engine.dmn.xml_access import MODEL_NAMESPACES
from engine.errors import RuleNoMatchError
from tests.engine.dmn.test_cases import load
from tests.engine.dmn.test_refused import NAMESPACE, decision, definitions, knowledge, table


def rule(condition: str, result: str) -> str:
    """Return the cells of a rule."""
    escaped = condition.replace("<", "&lt;")
    return (
        f"<inputEntry><text>{escaped}</text></inputEntry>"
        f"<outputEntry><text>{result}</text></outputEntry>"
    )


def test_the_trace_says_which_rule_decided_on_what() -> None:
    model = load("hit_unique.dmn")

    result = model.evaluate("review_route", {"预算金额": 1_999_999.99, "采购方式": "公开招标"})

    assert result.to_json() == {
        "value": '"业务处室"',
        "trace": [
            {
                "id": "review_route",
                "name": "审批路线",
                "table_id": "t",
                "inputs": {"预算金额": "1999999.99", "采购方式": '"公开招标"'},
                "rules": [{"number": 1, "id": "t_r1", "annotations": ["2 百万以下由业务处室办理"]}],
                "output": '"业务处室"',
            }
        ],
        "warnings": [],
    }


def test_the_trace_of_a_graph_has_every_decision_in_the_order_it_was_made() -> None:
    model = load("decision_service.dmn")

    result = model.evaluate("verdict", {"加分": 20})

    assert [(entry.name, entry.inputs, entry.output) for entry in result.trace] == [
        ("基础分", {}, 60),
        ("总分", {"基础分": 60, "加分": 20}, 80),
        ("结论", {"总分": 80}, "通过"),
    ]


def test_a_decision_tells_its_inputs_and_its_question() -> None:
    route = load("hit_unique.dmn").decisions["review_route"]
    verdict = load("decision_service.dmn").decisions["verdict"]
    imported = load("import_user.dmn", ("import_base.dmn",)).decisions["d"]

    assert (route.name, route.question) == ("审批路线", "这份计划走哪条审批路线？")
    assert route.inputs == ("采购方式", "预算金额")
    assert verdict.inputs == ("加分",)
    assert imported.inputs == ("采购方式",)


def test_variables_that_are_not_drawn_are_visible_to_decisions_but_not_to_functions() -> None:
    model = read_model(
        definitions(
            knowledge("f", "x", "if hidden = null then x else hidden"),
            decision("d", "f(amount) + 1", kind="f"),
        )
    )

    result = model.evaluate("d", {"amount": 1, "hidden": 100})

    assert result.value == 2


def test_no_matching_rule_is_null_or_when_strict_an_error_anywhere_in_the_graph() -> None:
    model = read_model(
        definitions(
            decision("level", table('hitPolicy="FIRST"', rule("< 10", '"low"'))),
            decision("d", 'if level = null then "none" else level', requires="level"),
        )
    )

    lenient = model.evaluate("d", {"a": 10})

    assert lenient.value == "none"
    with pytest.raises(RuleNoMatchError) as caught:
        model.evaluate("d", {"a": 10}, require_match=True)
    assert "a = 10" in caught.value.message_zh
    assert "a = 10" in caught.value.message_en


def test_only_what_is_needed_is_evaluated_and_only_once() -> None:
    model = read_model(
        definitions(
            decision("unused", "1"),
            decision("base", "2"),
            decision("left", "base", requires="base"),
            decision("d", "left + base", requires="left base"),
        )
    )

    result = model.evaluate("d", {})

    assert result.value == 4
    assert [entry.id for entry in result.trace] == ["base", "left", "d"]


def test_plain_values_become_feel_values() -> None:
    model = read_model(definitions(decision("d", "[amount, rate * 2, name, day, flag, missing]")))

    value = model.evaluate(
        "d", {"amount": 10, "rate": 0.1, "name": "x", "day": feel.Date(2026, 11, 21), "flag": True}
    ).value

    assert value == [Decimal(10), Decimal("0.2"), "x", feel.Date(2026, 11, 21), True, None]


@pytest.mark.parametrize("namespace", MODEL_NAMESPACES)
def test_every_version_of_the_standard_is_read(namespace: str) -> None:
    data = definitions(decision("d", table('hitPolicy="UNIQUE"', rule("1", "2"))))

    model = read_model(data.replace(NAMESPACE.encode(), namespace.encode()))

    assert model.evaluate("d", {"a": 1}).value == 2


def test_an_import_without_a_name_is_seen_directly() -> None:
    base = read_model(
        definitions(decision("基数", "20")).replace(b'"urn:t"', b'"urn:base"'), "base.dmn"
    )
    user = definitions(
        f'<import id="i" name="" namespace="urn:base" importType="{NAMESPACE}"/>',
        '<decision id="d" name="d"><variable name="d"/><informationRequirement>'
        '<requiredDecision href="urn:base#基数"/></informationRequirement>'
        "<literalExpression><text>基数 + 1</text></literalExpression></decision>",
    )

    model = read_model(user, "user.dmn", {"urn:base": base})

    assert model.evaluate("d", {}).value == 21


def test_a_caller_can_give_functions_of_its_own() -> None:
    library = feel.STANDARD.define("加一", "x: number", lambda x: x + 1)

    model = read_model(definitions(decision("d", "加一(41)")), library=library)

    assert model.evaluate("d", {}).value == 42


def test_a_result_can_be_stored() -> None:
    model = load("collect_list.dmn")

    text = json.dumps(model.evaluate("tags", {"amount": "很多"}).to_json(), ensure_ascii=False)

    assert '"value": "null"' in text
    assert "很多" in text


def test_a_knowledge_model_can_be_called_directly() -> None:
    model = load("boxed_function_and_invocation.dmn")

    assert model.evaluate_knowledge("分包 数", {"总额": 250, "上限": 100}).value == 3
    assert model.evaluate_knowledge("b_split", {"总额": "很多", "上限": 100}).value is None


def test_a_decision_may_answer_with_a_function() -> None:
    model = read_model(
        definitions(
            decision("twice", "function(x: number) x * 2"),
            decision("d", "twice(21)", requires="twice"),
        )
    )

    assert model.evaluate("d", {}).value == 42
    assert json.dumps(model.evaluate("twice", {}).to_json())


def test_types_may_be_written_out() -> None:
    numbers = '<variable name="x" typeRef="list&lt;number&gt;"/>'
    drawn = decision("x", "1").replace('<variable name="x"/>', numbers)
    wrong = decision("y", '["a"]').replace('<variable name="y"/>', numbers.replace('"x"', '"y"'))
    model = read_model(definitions(drawn, wrong))

    assert model.evaluate("x", {}).value == [1]
    assert model.evaluate("y", {}).value is None


def test_a_table_without_a_match_stops_only_the_decisions_that_use_it() -> None:
    model = read_model(
        definitions(
            decision("zz", table('hitPolicy="FIRST"', rule("< 10", '"zz"'))),
            decision("fj", table('hitPolicy="FIRST"', rule(">= 10", '"fj"'))),
            decision("d", "if a < 10 then zz else fj", requires="zz fj"),
            decision("both", "[zz, fj]", requires="zz fj"),
        )
    )

    assert model.evaluate("d", {"a": 1}, require_match=True).value == "zz"
    assert model.evaluate("d", {"a": 10}, require_match=True).value == "fj"
    with pytest.raises(RuleNoMatchError, match="fj"):
        model.evaluate("both", {"a": 1}, require_match=True)


def test_functions_over_own_types_are_instances_of_function_types() -> None:
    item = (
        '<itemDefinition name="t Row-1"><itemComponent name="a"><typeRef>number</typeRef>'
        '</itemComponent></itemDefinition><itemDefinition name="tF"><functionItem '
        'outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem>'
        "</itemDefinition>"
    )
    body = knowledge("f", "x", "1").replace('name="x"', 'name="x" typeRef="number"')
    odd = knowledge("g", "x", "1").replace('name="x"', 'name="x" typeRef="t Row-1"')
    model = read_model(
        definitions(
            item,
            body,
            odd,
            decision("d", "[f instance of tF, g instance of tF, f(1) instance of tF]", kind="f g"),
        )
    )

    assert model.evaluate("d", {}).value == [True, True, False]


def test_a_model_may_define_a_function_with_the_name_of_a_standard_one() -> None:
    function = (
        '<businessKnowledgeModel id="f" name="starts with"><variable name="starts with"/>'
        '<encapsulatedLogic><formalParameter name="x"/><formalParameter name="y"/>'
        "<literalExpression><text>x = y</text></literalExpression></encapsulatedLogic>"
        "</businessKnowledgeModel>"
    )
    rows = table('hitPolicy="FIRST"', rule('starts with(?, "41")', "1"))
    model = read_model(definitions(function, decision("d", rows, kind="f")))

    assert model.evaluate("d", {"a": "41"}).value == 1
    assert model.evaluate("d", {"a": "4101"}).value is None
