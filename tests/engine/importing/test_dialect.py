"""What a file is used with decides, not what it merely declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from engine.importing import import_model
from tests.engine.importing.conftest import whole_file

if TYPE_CHECKING:
    from engine.importing import Imported

BPMN: Final = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
CAMUNDA: Final = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOWABLE: Final = 'xmlns:flowable="http://flowable.org/bpmn"'
ACTIVITI: Final = 'xmlns:activiti="http://activiti.org/bpmn"'
MODELER: Final = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0"'
TASK: Final = '<startEvent id="s"/>'


def recognised(head: str, body: str = TASK) -> Imported:
    process = f'<process id="p" isExecutable="true">{body}</process>'
    text = f"<definitions {BPMN} {head}>{process}</definitions>"
    return import_model(text.encode(), "p.bpmn")


@pytest.mark.parametrize(
    ("head", "body", "dialect"),
    [
        ("", TASK, "bpmn"),
        ('exporter="bpmn-js (https://demo.bpmn.io)"', TASK, "bpmn.io"),
        ('targetNamespace="http://bpmn.io/schema/bpmn"', TASK, "bpmn.io"),
        ('exporter="Camunda Modeler" exporterVersion="3.7"', TASK, "camunda7"),
        (f'{MODELER} modeler:executionPlatform="Camunda Platform"', TASK, "camunda7"),
        (f'{MODELER} modeler:executionPlatform="Camunda Cloud"', TASK, "camunda8"),
        (CAMUNDA, TASK, "camunda7"),
        ('exporter="Flowable Open Source Modeler"', TASK, "flowable"),
        ('targetNamespace="http://www.activiti.org/processdef"', TASK, "activiti"),
        # declared by habit, used by the other
        (
            f'{CAMUNDA} {FLOWABLE} targetNamespace="http://bpmn.io/schema/bpmn"',
            '<userTask id="u" flowable:assignee="a"/>',
            "flowable",
        ),
        # Flowable still reads the old vocabulary
        (
            f'{ACTIVITI} exporter="Flowable Open Source Modeler"',
            '<userTask id="u" activiti:assignee="a" activiti:priority="5"/>',
            "activiti",
        ),
    ],
)
def test_the_product_is_recognised(head: str, body: str, dialect: str) -> None:
    assert recognised(head, body).dialect == dialect


def test_the_evidence_stands_strongest_first() -> None:
    imported = recognised(
        f'{CAMUNDA} targetNamespace="http://bpmn.io/schema/bpmn"',
        '<userTask id="u" camunda:assignee="a" camunda:dueDate="2026-12-01"/>',
    )

    assert imported.evidence == (
        "2 × camunda:…",
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
        'targetNamespace="http://bpmn.io/schema/bpmn"',
    )


def test_the_copy_of_a_camunda_7_file_opens_in_the_mode_of_the_copy() -> None:
    imported = recognised(f'{MODELER} modeler:executionPlatform="Camunda Platform"')

    assert b'executionPlatform="Camunda Cloud"' in imported.normalised


def test_a_file_without_another_vocabulary_passes_unchanged() -> None:
    imported = import_model(whole_file('<startEvent id="s"/>', "plain"), "p.bpmn")

    assert [change.kind for change in imported.changes] == ["end"]
    assert imported.findings == ()
