from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import DeploymentRefusedError
from engine.forms import inspect_form, read_form
from engine.forms.components import ChoiceField, DateField, FileField, NumberField, TextField
from engine.forms.layout import DynamicList

if TYPE_CHECKING:
    from engine.forms import Form


def form_of(*components: Any, **head: Any) -> bytes:
    form = {"type": "default", "id": "test.form", "schemaVersion": 19, "components": components}
    return json.dumps(form | head).encode()


def rules_of(data: bytes, **known: Any) -> list[tuple[str, str]]:
    findings = inspect_form(data, "test.form", **known).findings
    return [(finding.rule, finding.element_id) for finding in findings]


def test_the_plan_reads_as_a_tree_of_components(plan: Form) -> None:
    assert plan.id == "purchase.plan"
    assert isinstance(plan.component("plan_name"), TextField)
    assert isinstance(plan.component("items"), DynamicList)
    assert isinstance(plan.component("items.3.unit_price"), NumberField)
    assert isinstance(plan.component("items.category"), ChoiceField)
    assert isinstance(plan.component("contact.phone"), TextField)
    assert isinstance(plan.component("unlinked_file"), FileField)
    assert isinstance(plan.component("expected_on"), DateField)
    assert plan.component("nowhere") is None


def test_facts_of_the_form_are_at_hand(plan: Form) -> None:
    assert plan.lookups == {"intention.selectable", "reference.categories"}
    assert plan.is_live
    assert plan.label("items.0.unit_price") == "单价"
    assert "采购意向" in plan.texts


@pytest.mark.parametrize("kind", ["html", "iframe", "image", "button", "taglist", "video", None])
def test_components_that_cannot_be_shown_safely_are_refused(kind: Any) -> None:
    data = form_of({"type": kind, "key": "trick", "id": "T"})

    with pytest.raises(DeploymentRefusedError) as refusal:
        read_form(data, "test.form")

    (finding,) = refusal.value.findings
    assert (finding.rule, finding.element_id) == ("unknown-component", "trick")
    assert finding.file == "test.form"


def test_a_refused_component_inside_a_list_is_found_too() -> None:
    data = form_of(
        {"type": "dynamiclist", "path": "items", "label": "明细", "components": [{"type": "html"}]}
    )

    assert [rule for rule, _ in rules_of(data)] == ["unknown-component"]


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        ({"type": "textfield", "key": "a"}, "missing-label"),
        ({"type": "textfield", "key": "a-b", "label": "甲"}, "bad-key"),
        ({"type": "textfield", "key": "a.b", "label": "甲"}, "bad-key"),
        ({"type": "textfield", "key": "_add", "label": "甲"}, "bad-key"),
        ({"type": "textfield", "key": "outcome", "label": "甲"}, "bad-key"),
        ({"type": "textfield", "key": "", "label": "甲"}, "bad-key"),
        (
            {"type": "textfield", "key": "a", "label": "甲", "conditional": {"hide": "=1 +"}},
            "bad-feel",
        ),
        ({"type": "textfield", "key": "a", "label": "甲", "description": "{{ 1 + }}"}, "bad-feel"),
        ({"type": "text", "text": "{{#if a}}甲{{/if}}"}, "bad-template"),
        ({"type": "text", "text": "甲 {{ a"}, "bad-template"),
        ({"type": "text"}, "missing-value"),
        ({"type": "expression", "key": "a"}, "missing-value"),
        ({"type": "table", "dataSource": "=[]"}, "no-columns"),
        ({"type": "select", "key": "a", "label": "甲"}, "no-choices"),
        ({"type": "select", "key": "a", "label": "甲", "values": [{"label": "一"}]}, "wrong-type"),
        (
            {
                "type": "radio",
                "key": "a",
                "label": "甲",
                "values": [{"label": "一", "value": "1"}],
                "defaultValue": "2",
            },
            "unknown-default",
        ),
        (
            {"type": "textfield", "key": "a", "label": "甲", "validate": {"pattern": "(?=x)"}},
            "bad-pattern",
        ),
        (
            {"type": "number", "key": "a", "label": "甲", "validate": {"min": 2, "max": 1}},
            "empty-range",
        ),
        ({"type": "number", "key": "a", "label": "甲", "decimalDigits": "two"}, "wrong-type"),
        ({"type": "dynamiclist", "label": "明细", "components": []}, "bad-key"),
        ("no object", "wrong-type"),
    ],
)
def test_faults_are_findings(component: Any, rule: str) -> None:
    reading = inspect_form(form_of(component), "test.form")

    assert rule in [finding.rule for finding in reading.findings]
    assert reading.form is None


def test_keys_must_differ_in_their_scope() -> None:
    field = {"type": "textfield", "key": "a", "label": "甲"}
    group = {"type": "group", "path": "g", "label": "组", "components": [field]}
    open_group = {"type": "group", "label": "组", "components": [field]}

    assert rules_of(form_of(field, group)) == []
    assert rules_of(form_of(field, open_group)) == [("duplicate-key", "a")]


def test_ids_must_differ() -> None:
    fields = [{"type": "separator", "id": "S"}, {"type": "separator", "id": "S"}]

    assert rules_of(form_of(*fields)) == [("duplicate-id", "S")]


def test_unknown_lookups_are_found_when_the_names_are_given() -> None:
    field = {"type": "select", "key": "a", "label": "甲", "properties": {"lookup": "no.such"}}

    assert rules_of(form_of(field)) == []
    assert rules_of(form_of(field), lookups=["units.all"]) == [("unknown-lookup", "a")]


def test_slips_are_warnings_and_do_not_refuse() -> None:
    field = {
        "type": "textfield",
        "key": "a",
        "label": "甲",
        "conditional": {"hide": "=bugdet > 1"},
        "properties": {"maxFile": "1"},
    }

    reading = inspect_form(form_of(field), "test.form")

    assert {finding.severity for finding in reading.findings} == {"warning"}
    assert {finding.rule for finding in reading.findings} == {"unknown-attribute", "unknown-name"}
    assert reading.form is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"id": "a", "id": "b"}',
        b'{"id": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_broken_files_are_refused_cleanly(data: bytes) -> None:
    with pytest.raises(DeploymentRefusedError):
        read_form(data, "test.form")


@pytest.mark.parametrize(
    "head", [{"schemaVersion": 18}, {"type": "other"}, {"id": ""}, {"components": {}}]
)
def test_the_head_must_be_right(head: Any) -> None:
    with pytest.raises(DeploymentRefusedError):
        read_form(form_of(**head), "test.form")


def test_nesting_has_a_limit() -> None:
    inner: dict[str, Any] = {"type": "group", "label": "底", "components": []}
    for _ in range(10):
        inner = {"type": "group", "label": "组", "components": [inner]}

    assert "too-deep" in [rule for rule, _ in rules_of(form_of(inner))]


def test_a_translated_form_says_the_same_in_english(plan: Form) -> None:
    english = plan.translated(
        {"计划名称": "Plan name", "公开招标": "Open tender", "- 本单位": "ignored"}
    )

    method = english.component("method")
    assert english.label("plan_name") == "Plan name"
    assert isinstance(method, ChoiceField)
    assert [option.label for option in method.options] == ["Open tender", "询价", "单一来源"]
    assert [option.value for option in method.options] == ["open", "inquiry", "single"]
    assert plan.label("plan_name") == "计划名称"


def test_a_text_field_for_money_is_a_number() -> None:
    field = {"type": "textfield", "key": "a", "label": "甲", "properties": {"money": "true"}}

    cost = read_form(form_of(field), "test.form").component("a")

    assert isinstance(cost, NumberField)
    assert cost.money
