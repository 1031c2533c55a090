"""What a person has to do stays visible: flagged, kept, and refused where it would run wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from engine.bpmn import Interpreter, read_model
from engine.errors import DeploymentRefusedError
from engine.importing import Imported, import_model
from tests.engine.importing.conftest import NOW, whole_file

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


def test_the_first_flow_without_a_condition_is_taken_as_it_was(
    take_in: Callable[..., Imported],
) -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="a"/><endEvent id="b"/>'
        '<sequenceFlow id="f0" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="f1" sourceRef="g" targetRef="a"/>'
        '<sequenceFlow id="f2" sourceRef="g" targetRef="b"><conditionExpression>${x}'
        "</conditionExpression></sequenceFlow>"
    )

    model = read_model(take_in(body).normalised)
    case = Interpreter.start(model, {"x": True}, now=NOW)

    assert case.end_events == ("a",)


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


def test_other_encodings_become_utf_8() -> None:
    text = whole_file('<startEvent id="s" name="开始"/>').decode()
    data = text.replace("UTF-8", "GBK").encode("gbk")

    imported = import_model(data, "x.bpmn")

    assert imported.original == data
    assert "开始" in imported.normalised.decode("utf-8")


def test_missing_ids_are_readable(take_in: Callable[..., Imported]) -> None:
    body = '<startEvent/><task name="Check papers"/><task name="审核"/><task name="Check papers"/>'

    imported = take_in(body)

    assert list(read_model(imported.normalised).elements) == [
        "start_event_1",
        "check_papers",
        "task_2",
        "check_papers_2",
    ]


def test_a_process_without_id_is_named_after_its_file() -> None:
    data = whole_file('<startEvent id="s"/>').replace(b'<process id="p"', b"<process")

    assert read_model(import_model(data, "dir/leave request.bpmn20.xml").normalised).process_id == (
        "leave_request"
    )


def test_a_linked_form_still_feeds_the_conditions(take_in: Callable[..., Imported]) -> None:
    body = (
        '<startEvent id="s"/><userTask id="u" x:formRef="f"/><exclusiveGateway id="g" default="n"/>'
        '<endEvent id="a"/><endEvent id="b"/><sequenceFlow id="f0" sourceRef="s" targetRef="u"/>'
        '<sequenceFlow id="f1" sourceRef="u" targetRef="g"/><sequenceFlow id="y" sourceRef="g"'
        ' targetRef="a"><conditionExpression>${total > 5}</conditionExpression></sequenceFlow>'
        '<sequenceFlow id="n" sourceRef="g" targetRef="b"/>'
    )

    case = Interpreter.start(read_model(take_in(body).normalised), {}, now=NOW)
    case.complete(case.waits()[0].token_id, {"total": 6, "other": 1}, now=NOW)

    assert case.end_events == ("a",)
    assert case.variables == {"total": 6}


def test_who_may_do_a_task_comes_out_as_it_was(take_in: Callable[..., Imported]) -> None:
    task = (
        '<userTask id="t" x:assignee="${boss}" x:candidateUsers="a, ${b}"'
        ' x:candidateGroups="${groups}" x:dueDate="${now().plusDays(1)}" x:priority="${p + 1}"/>'
    )

    model = read_model(take_in(FLOWS.format(task=task)).normalised)
    variables: dict[str, Any] = {"boss": "li", "b": ["c", "d"], "groups": "g1,g2", "p": 6}
    wait = Interpreter.start(model, variables, now=NOW).waits()[0]

    assert (wait.assignee, wait.candidate_users) == ("li", ("a", "c", "d"))
    assert (wait.candidate_groups, wait.priority) == (("g1", "g2"), 7)
    assert wait.due is not None
    assert (wait.due - NOW).days == 1


def test_a_field_that_feel_would_take_for_a_function_is_refused(
    take_in: Callable[..., Imported],
) -> None:
    task = (
        '<userTask id="t"><extensionElements><x:formData><x:formField id="count" type="long"/>'
        "</x:formData></extensionElements></userTask>"
    )

    assert "expression-not-translated t" in flags(take_in(FLOWS.format(task=task)))


@pytest.mark.parametrize(
    ("dialect", "text", "written"),
    [
        ("camunda7", "0 0 9 ? * 2-6", "0 0 9 ? * MON-FRI"),
        ("flowable", "0 0 9 ? * 1,7 *", "0 0 9 ? * SUN,SAT"),
        ("activiti", "0 0/15 8 * * ?", "0 0/15 8 * * ?"),
        ("camunda8", "0 0 9 * * 1-5", "0 0 9 * * 1-5"),
    ],
)
def test_weekdays_stay_the_days_that_they_were(
    take_in: Callable[..., Imported], dialect: str, text: str, written: str
) -> None:
    timer = f"<timerEventDefinition><timeCycle>{text}</timeCycle></timerEventDefinition>"
    body = f'<startEvent id="s">{timer}</startEvent><task id="t" x:name="n"/>'

    imported = take_in(body, dialect)

    assert f"<timeCycle>{written}</timeCycle>" in imported.normalised.decode()
