"""Votes that contradict themselves are refused before anybody can deploy them."""

from __future__ import annotations

import pytest

from engine.catalog import check_package
from engine.handler import HandlerRegistry
from tests.support.panel import panel_package

ROLES = {"applicant", "signer", "publisher"}


def rules_of(*, multi: str = "", **properties: str) -> set[tuple[str, str]]:
    package = panel_package(multi=multi, **properties)
    found = check_package(package, HandlerRegistry(), roles=ROLES)
    return {(finding.rule, finding.severity) for finding in found}


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"vote_pass": ">50%", "vote_secret": "true", "vote_end": "all", "vote_abstain": "false"},
        {"vote_weights": "signer:2", "vote_voters": "field:panel.fill.subject"},
        {"multi": '<bpmn:multiInstanceLoopCharacteristics isSequential="true" />'},
    ],
)
def test_what_makes_sense_is_accepted(properties: dict[str, str]) -> None:
    assert rules_of(**properties) == set()


@pytest.mark.parametrize(
    ("properties", "rule"),
    [
        ({"vote_pass": "120%"}, "property-value"),
        ({"vote_pass": "0"}, "property-value"),
        ({"vote_weights": "signer:0"}, "property-value"),
        ({"vote_result": "outcome"}, "property-value"),
        ({"vote_voters": "somebody"}, "property-value"),
        ({"vote_weights": "boss:2"}, "unknown-role"),
        ({"vote_voters": "record:nothing"}, "unknown-lookup"),
        ({"vote_voters": "field:panel.other.people"}, "unknown-form"),
        ({"assignee": "initiator"}, "vote"),
        ({"transfer_people": "post"}, "vote"),
        ({"nobody": "skip"}, "vote"),
        ({"vote_secret": "true", "opinion": "required"}, "vote"),
        ({"multi": " "}, "vote"),
        ({"multi": "<bpmn:standardLoopCharacteristics loopMaximum='3' />"}, "vote"),
        (
            {
                "multi": "<bpmn:multiInstanceLoopCharacteristics>"
                "<bpmn:loopCardinality>=3</bpmn:loopCardinality>"
                "</bpmn:multiInstanceLoopCharacteristics>"
            },
            "vote",
        ),
    ],
)
def test_contradictions_are_refused(properties: dict[str, str], rule: str) -> None:
    assert (rule, "error") in rules_of(**properties)


def test_a_result_that_nobody_reads_is_pointed_out() -> None:
    assert ("vote-unread", "warning") in rules_of(vote_result="result")
