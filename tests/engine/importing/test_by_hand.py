"""What a person has to do stays visible: flagged, kept, and refused where it would run wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from engine.bpmn import read_model
from engine.errors import DeploymentRefusedError
from engine.importing import Imported, import_model
from tests.engine.importing.conftest import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable

GATEWAY: Final = (
    '<startEvent id="s"/><exclusiveGateway id="g" default="f2"/><endEvent id="a"/>'
    '<endEvent id="b"/><sequenceFlow id="f0" sourceRef="s" targetRef="g"/>'
    '<sequenceFlow id="f1" sourceRef="g" targetRef="a"><conditionExpression{attributes}>{condition}'
    '</conditionExpression></sequenceFlow><sequenceFlow id="f2" sourceRef="g" targetRef="b"/>'
)
FLOWS: Final = (
    '<startEvent id="s"/>{task}<endEvent id="e"/>'
    '<sequenceFlow id="f0" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="f1" sourceRef="t" targetRef="e"/>'
)
NONE: Final = "no-process"
SCRIPT: Final = '<scriptTask id="t" scriptFormat="{}"><script>{}</script></scriptTask>'


def gateway(condition: str, attributes: str = "") -> str:
    return GATEWAY.format(condition=condition, attributes=attributes)


def flags(imported: Imported, severity: str = "error") -> list[str]:
    found = imported.findings
    return [f"{one.rule} {one.element_id}" for one in found if one.severity == severity]


def test_a_condition_that_only_java_can_answer_is_kept_and_refuses_the_copy(
    take_in: Callable[..., Imported],
) -> None:
    imported = take_in(gateway("${risk.isHigh(order)}"))

    assert flags(imported) == ["expression-not-translated f1"]
    assert not imported.is_runnable
    assert "${risk.isHigh(order)}" in imported.findings[0].message_en
    assert b'name="imported.condition" value="${risk.isHigh(order)}"' in imported.normalised
    with pytest.raises(DeploymentRefusedError):
        read_model(imported.normalised)


@pytest.mark.parametrize(
    ("task", "rule"),
    [
        ('<userTask id="t" x:assignee="${chooser.pick()}"/>', "expression-not-translated"),
        ('<userTask id="t" x:dueDate="${calendar.next()}"/>', "expression-not-translated"),
        ('<userTask id="t" x:dueDate="tomorrow"/>', "due-date"),
        ('<userTask id="t" x:priority="high"/>', "priority"),
        (SCRIPT.format("groovy", "x = 1"), "script-to-rewrite"),
        (SCRIPT.format("juel", "${bean.run()}"), "expression-not-translated"),
        ('<serviceTask id="t" x:type="external" x:topic="${topic}"/>', "handler-renamed"),
        ('<userTask id="t" x:unheardOf="1"/>', "dropped"),
        ('<task id="t"><extensionElements><x:odd>1</x:odd></extensionElements></task>', "dropped"),
    ],
)  # fmt: skip
def test_what_the_copy_can_run_without_is_flagged_only(
    take_in: Callable[..., Imported], task: str, rule: str
) -> None:
    imported = take_in(FLOWS.format(task=task))

    assert imported.is_runnable
    assert f"{rule} t" in flags(imported, "warning")
    assert read_model(imported.normalised).elements["t"]


@pytest.mark.parametrize(
    ("task", "rule"),
    [
        (
            '<userTask id="t"><multiInstanceLoopCharacteristics'
            ' x:collection="${dao.all()}"/></userTask>',
            "expression-not-translated t",
        ),
        (
            '<userTask id="t"><multiInstanceLoopCharacteristics x:collection="a b"/></userTask>',
            "expression-not-translated t",
        ),
        (
            '<serviceTask id="t" x:class="A"><extensionElements><x:inputOutput><x:inputParameter'
            ' name="n"><x:script scriptFormat="groovy">1 + 1</x:script></x:inputParameter>'
            "</x:inputOutput></extensionElements></serviceTask>",
            "expression-not-translated t",
        ),
        (
            '<callActivity id="t" calledElement="p2"><extensionElements><x:out'
            ' sourceExpression="${x.y()}" target="z"/></extensionElements></callActivity>',
            "expression-not-translated t",
        ),
        ('<callActivity id="t" x:caseRef="c"/>', "case-call t"),
        (
            '<callActivity id="t" calledElement="p2" x:variableMappingClass="M"/>',
            "variable-mapping-class t",
        ),
        ('<businessRuleTask id="t" x:decisionRef="${d}"/>', "decision-expression t"),
        (
            '<intermediateCatchEvent id="t"><timerEventDefinition><timeCycle>0 0 L * * ?'
            "</timeCycle></timerEventDefinition></intermediateCatchEvent>",
            "timer t",
        ),
        (
            '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>5 minutes'
            "</timeDuration></timerEventDefinition></intermediateCatchEvent>",
            "timer t",
        ),
        (
            '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>${a.b()}'
            "</timeDuration></timerEventDefinition></intermediateCatchEvent>",
            "expression-not-translated t",
        ),
    ],
)
def test_what_would_run_wrongly_is_refused(
    take_in: Callable[..., Imported], task: str, rule: str
) -> None:
    imported = take_in(FLOWS.format(task=task))

    assert rule in flags(imported)
    assert not imported.is_runnable
    with pytest.raises(DeploymentRefusedError):
        read_model(imported.normalised)


@pytest.mark.parametrize(
    ("condition", "attributes"),
    [
        ("execution.getVariable('a') == 1 &amp;&amp; new Date()", ' language="groovy"'),
        ("金额 大于 100", ""),
        ("", ' x:resource="deployment://check.groovy"'),
    ],
)
def test_a_condition_in_another_language_refuses_the_copy(
    take_in: Callable[..., Imported], condition: str, attributes: str
) -> None:
    imported = take_in(gateway(condition, attributes))

    assert "expression-not-translated f1" in flags(imported)
    with pytest.raises(DeploymentRefusedError):
        read_model(imported.normalised)


def test_a_plain_comparison_in_a_script_language_is_read_and_flagged(
    take_in: Callable[..., Imported],
) -> None:
    imported = take_in(gateway("amount &gt; 100 &amp;&amp; !done", ' language="javascript"'))

    assert flags(imported, "warning") == ["condition-guessed f1"]
    assert b"=amount &gt; 100 and done != true" in imported.normalised


def test_functions_that_only_camunda_8_has_are_refused(take_in: Callable[..., Imported]) -> None:
    task = (
        '<serviceTask id="t"><extensionElements><x:taskDefinition type="w"/><x:ioMapping>'
        '<x:input source="=trim(name)" target="n"/></x:ioMapping></extensionElements></serviceTask>'
    )

    imported = take_in(FLOWS.format(task=task), "camunda8")

    assert "unknown-function t" in flags(imported)


def test_a_dynamic_error_code_is_refused(take_in: Callable[..., Imported]) -> None:
    body = FLOWS.format(task='<task id="t"/>').replace(
        '<endEvent id="e"/>',
        '<endEvent id="e"><errorEventDefinition errorRef="E"/></endEvent>',
    )

    imported = take_in(body, roots='<error id="E" errorCode="${code}"/>')

    assert "dynamic-code E" in flags(imported)
    with pytest.raises(DeploymentRefusedError):
        read_model(imported.normalised)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"not xml", "xml"),
        (b"<!DOCTYPE a><a/>", "xml"),
        (b"<a/>", "not-bpmn"),
        (whole_file("").replace(b'<process id="p" isExecutable="true"></process>', b""), NONE),
    ],
)  # fmt: skip
def test_what_is_no_model_is_refused(data: bytes, rule: str) -> None:
    with pytest.raises(DeploymentRefusedError) as refused:
        import_model(data, "x.bpmn")

    assert [found.rule for found in refused.value.findings] == [rule]


def test_a_field_may_be_called_like_a_function_of_feel(
    take_in: Callable[..., Imported],
) -> None:
    task = (
        '<userTask id="t"><extensionElements><x:formData><x:formField id="count" type="long"/>'
        "</x:formData></extensionElements></userTask>"
    )

    assert "expression-not-translated t" not in flags(take_in(FLOWS.format(task=task)))
