"""What the copy does is what the original did: routes, people, days, texts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from engine.bpmn import Interpreter, read_model
from engine.importing import Imported, import_model
from tests.engine.importing.conftest import NOW, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable

FLOWS: Final = (
    '<startEvent id="s"/>{task}<endEvent id="e"/>'
    '<sequenceFlow id="f0" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="f1" sourceRef="t" targetRef="e"/>'
)


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
    assert (datetime.fromisoformat(wait.due_date) - NOW).days == 1


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
