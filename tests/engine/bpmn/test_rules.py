"""Every rule refuses its bad example at the right element; every good model passes all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import lint_model, read_model
from engine.bpmn.rules import CONTENT, STRUCTURE
from engine.errors import DeploymentRefusedError
from tests.engine.bpmn.bad_choices import MISLEADING
from tests.engine.bpmn.bad_examples import INVALID, S, flow, task
from tests.engine.bpmn.conftest import ELEMENTS, HEADER, bpmn

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("rule", "body", "element_id"), [*INVALID, *MISLEADING])
def test_bad_example_is_refused(rule: str, body: str, element_id: str) -> None:
    with pytest.raises(DeploymentRefusedError) as caught:
        read_model(bpmn(body), "bad.bpmn")

    found = [finding for finding in caught.value.findings if finding.rule == rule]
    assert [finding.element_id for finding in found][:1] == [element_id]
    assert found[0].file == "bad.bpmn"
    assert found[0].message_zh.endswith("。") or "：" in found[0].message_zh


@pytest.mark.parametrize("path", sorted(ELEMENTS.glob("*.bpmn")), ids=lambda path: path.stem)
def test_good_model_passes(path: Path) -> None:
    data = path.read_bytes()

    assert [finding for finding in lint_model(data) if finding.severity == "error"] == []


def test_every_rule_says_what_it_is_about() -> None:
    for rule in (*STRUCTURE, *CONTENT):
        assert rule.__doc__
        assert callable(rule.check)


def test_unreachable_element_is_a_warning() -> None:
    findings = lint_model(bpmn(S + task("a") + flow("s", "a") + task("lost")))

    assert [(f.rule, f.severity, f.element_id) for f in findings] == [
        ("unreachable", "warning", "lost")
    ]


def test_a_path_that_stops_before_the_end_is_a_warning() -> None:
    gateway = '<bpmn:exclusiveGateway id="g" default="g_e"/><bpmn:endEvent id="e"/>'
    forgotten = S + task("a") + task("b") + gateway + flow("s", "a") + flow("a", "g")
    findings = lint_model(bpmn(forgotten + flow("g", "b", "=x") + flow("g", "e")))

    assert [(f.rule, f.severity, f.element_id) for f in findings] == [("dead-end", "warning", "b")]


def test_a_flow_that_is_never_taken_is_a_warning() -> None:
    drawn = S + task("g", "", "exclusiveGateway") + task("a") + task("b") + flow("s", "g")
    findings = lint_model(bpmn(drawn + flow("g", "a", "=x = 1") + flow("g", "b", "=x =  1")))

    assert [(f.rule, f.severity, f.element_id) for f in findings] == [
        ("condition-repeated", "warning", "g_b")
    ]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "xml"),
        (b"<a>", "xml"),
        (b"not xml", "xml"),
        (b"<definitions/>", "not-bpmn"),
        (b"<!DOCTYPE x><x/>", "xml"),
        (f"{HEADER}</bpmn:definitions>".encode(), "no-process"),
        (
            f'{HEADER}<bpmn:process id="p" isExecutable="false"/></bpmn:definitions>'.encode(),
            "no-process",
        ),
        (
            f'{HEADER}<bpmn:process id="p" isExecutable="true"/>'
            '<bpmn:process id="q" isExecutable="true"/></bpmn:definitions>'.encode(),
            "one-process",
        ),
    ],
)
def test_file_that_is_no_model(data: bytes, rule: str) -> None:
    assert [finding.rule for finding in lint_model(data)] == [rule]


def test_message_flow_inside_the_pool_is_refused() -> None:
    before = (
        '<bpmn:collaboration id="c"><bpmn:participant id="us" processRef="p"/>'
        '<bpmn:messageFlow id="m" sourceRef="s" targetRef="a"/></bpmn:collaboration>'
    )

    findings = lint_model(bpmn(S + task("a") + flow("s", "a"), before))

    assert [(f.rule, f.element_id) for f in findings] == [("message-flow-inside", "m")]


def test_black_box_participants_are_for_people() -> None:
    before = (
        '<bpmn:collaboration id="c"><bpmn:participant id="us" processRef="p"/>'
        '<bpmn:participant id="supplier" name="供应商"/>'
        '<bpmn:messageFlow id="m" sourceRef="supplier" targetRef="a"/></bpmn:collaboration>'
    )

    model = read_model(bpmn(S + task("a") + flow("s", "a"), before))

    assert list(model.elements) == ["s", "a"]
