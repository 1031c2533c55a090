"""Files that must be refused, each with the element and a sentence in both languages."""

from __future__ import annotations

import time

import pytest

from engine.dmn import RecursionLimitError, UnknownDecisionError, read_model
from engine.errors import DeploymentRefusedError, Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*parts: str) -> bytes:
    """Return a model with these elements."""
    inner = "".join(parts)
    start = f'<definitions xmlns="{NAMESPACE}" namespace="urn:t" name="t">'
    return f"{start}{inner}</definitions>".encode()


def decision(name: str, expression: str = "", requires: str = "", kind: str = "") -> str:
    """Return a decision with a literal expression (or any other XML) and requirements."""
    logic = expression if expression.startswith("<") else literal(expression)
    needed = "".join(
        f'<informationRequirement><requiredDecision href="#{other}"/></informationRequirement>'
        for other in requires.split()
    )
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{other}"/></knowledgeRequirement>'
        for other in kind.split()
    )
    start = f'<decision id="{name}" name="{name}"><variable name="{name}"/>'
    return f"{start}{needed}{known}{logic}</decision>"


def literal(text: str) -> str:
    """Return a literal expression."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def table(attributes: str, rule: str, output: str = '<output id="o"/>') -> str:
    """Return a table with one input column and the given rule cells."""
    column = '<input id="i"><inputExpression><text>a</text></inputExpression></input>'
    return (
        f'<decisionTable id="t" {attributes}>{column}{output}<rule id="r">{rule}</rule>'
        "</decisionTable>"
    )


def refusal(data: bytes) -> list[Finding]:
    """Return the findings with which ``data`` is refused."""
    with pytest.raises(DeploymentRefusedError) as caught:
        read_model(data, "t.dmn")
    return list(caught.value.findings)


GOOD_RULE = "<inputEntry><text>1</text></inputEntry><outputEntry><text>1</text></outputEntry>"

REFUSED = {
    "no xml": (b"<definitions", "xml", ""),
    "a bomb": (
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><definitions xmlns="urn:x">&b;</definitions>',
        "xml",
        "",
    ),
    "another root": (b'<process xmlns="urn:bpmn" id="p"/>', "dmn-version", "p"),
    "a version from the future": (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20990101/MODEL/" id="d"/>',
        "dmn-version",
        "d",
    ),
    "the same name twice": (
        definitions('<inputData id="a" name="x"/>', '<inputData id="b" name="x"/>'),
        "duplicate-name",
        "b",
    ),
    "the same id twice": (
        definitions('<inputData id="a" name="x"/>', '<inputData id="a" name="y"/>'),
        "duplicate-id",
        "a",
    ),
    "a reference to nothing": (
        definitions(decision("d", "1", requires="gone")),
        "dangling-reference",
        "d",
    ),
    "a service around an input": (
        definitions(
            '<inputData id="i" name="i"/>',
            '<decisionService id="s" name="s"><outputDecision href="#i"/></decisionService>',
        ),
        "wrong-reference",
        "s",
    ),
    "an import that is not there": (
        definitions(f'<import id="i" name="m" namespace="urn:m" importType="{NAMESPACE}"/>'),
        "missing-import",
        "i",
    ),
    "a circle": (
        definitions(
            decision("a", "1", requires="b"),
            decision("b", "1", requires="c"),
            decision("c", "1", requires="a"),
        ),
        "requirement-cycle",
        "",
    ),
    "a type made of itself": (
        definitions(
            '<itemDefinition id="x" name="tA"><typeRef>tB</typeRef></itemDefinition>',
            '<itemDefinition id="y" name="tB"><typeRef>tA</typeRef></itemDefinition>',
        ),
        "type-cycle",
        "x",
    ),
    "an unknown hit policy": (
        definitions(decision("d", table('hitPolicy="BEST"', GOOD_RULE))),
        "incomplete",
        "t",
    ),
    "an unknown aggregation": (
        definitions(decision("d", table('hitPolicy="COLLECT" aggregation="AVG"', GOOD_RULE))),
        "incomplete",
        "t",
    ),
    "a sum over two columns": (
        definitions(
            decision(
                "d",
                table(
                    'hitPolicy="COLLECT" aggregation="SUM"',
                    GOOD_RULE + "<outputEntry><text>1</text></outputEntry>",
                    '<output name="x"/><output name="y"/>',
                ),
            )
        ),
        "incomplete",
        "t",
    ),
    "a rule with a cell too few": (
        definitions(decision("d", table("", "<outputEntry><text>1</text></outputEntry>"))),
        "incomplete",
        "r",
    ),
    "an unreadable cell": (
        definitions(
            decision(
                "d",
                table("", GOOD_RULE.replace(">1</text></inputEntry", ">1 +</text></inputEntry")),
            )
        ),
        "feel",
        "r",
    ),
    "a text that is not FEEL": (
        definitions(decision("d", "if then")),
        "feel",
        "d",
    ),
    "another expression language": (
        definitions(
            decision(
                "d",
                '<literalExpression expressionLanguage="http://www.groovy.org"><text>1</text>'
                "</literalExpression>",
            )
        ),
        "expression-language",
        "d",
    ),
    "a function in Java": (
        definitions(
            decision(
                "d",
                '<functionDefinition id="f" kind="Java"><formalParameter name="x"/>'
                f"{literal('1')}</functionDefinition>",
            )
        ),
        "external-function",
        "f",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_element_and_both_languages(name: str) -> None:
    data, rule, element_id = REFUSED[name]

    findings = refusal(data)

    assert (findings[0].rule, findings[0].severity) == (rule, "error")
    assert findings[0].file == "t.dmn"
    assert element_id in {"", findings[0].element_id}
    assert findings[0].message_zh != findings[0].message_en


def test_a_cell_error_tells_the_line_in_the_file() -> None:
    data = definitions(
        "\n\n", decision("d", "<literalExpression>\n<text>\n1 +\n</text></literalExpression>")
    )

    line = refusal(data)[0].line

    assert line == 5


def test_a_lenient_reader_keeps_what_can_be_used() -> None:
    data = definitions(decision("broken", "if then"), decision("whole", "1 + 1"))

    model = read_model(data, "t.dmn", lenient=True)

    assert [finding.rule for finding in model.findings] == ["feel"]
    assert model.evaluate("whole", {}).value == 2
    broken = model.evaluate("broken", {})
    assert broken.value is None
    assert len(broken.warnings) == 1


def test_an_unknown_decision_is_named_with_those_there_are() -> None:
    model = read_model(definitions(decision("limit", "1")))

    with pytest.raises(UnknownDecisionError, match="limit"):
        model.evaluate("level", {})


def test_a_long_chain_of_diamonds_is_evaluated_once_each() -> None:
    parts = [decision("d0", "1")]
    for number in range(1, 60):
        parts.append(decision(f"l{number}", f"d{number - 1}", requires=f"d{number - 1}"))
        parts.append(decision(f"r{number}", f"d{number - 1}", requires=f"d{number - 1}"))
        parts.append(
            decision(f"d{number}", f"l{number} + r{number}", requires=f"l{number} r{number}")
        )
    started = time.perf_counter()

    result = read_model(definitions(*parts)).evaluate("d59", {})

    assert result.value == 2**59
    assert len(result.trace) == 178
    assert time.perf_counter() - started < 2


def knowledge(name: str, parameter: str, body: str) -> str:
    """Return a business knowledge model with one parameter."""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>'
        f'<encapsulatedLogic><formalParameter name="{parameter}"/>{literal(body)}'
        "</encapsulatedLogic></businessKnowledgeModel>"
    )


def test_endless_recursion_ends_in_an_error() -> None:
    data = definitions(knowledge("loop", "x", "loop(x + 1)"), decision("d", "loop(1)", kind="loop"))

    with pytest.raises(RecursionLimitError, match="loop"):
        read_model(data).evaluate("d", {})


def test_calls_without_end_in_width_end_in_an_error() -> None:
    data = definitions(
        knowledge("wide", "n", "sum(for i in 1..1000 return if n = 0 then 1 else wide(n - 1))"),
        decision("d", "wide(5)", kind="wide"),
    )
    started = time.perf_counter()

    with pytest.raises(Exception, match="steps"):
        read_model(data).evaluate("d", {})

    assert time.perf_counter() - started < 5
