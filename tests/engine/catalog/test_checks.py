"""Every fault that was planted into the package is found at its file and element."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from engine.errors import Finding

if TYPE_CHECKING:
    from pathlib import Path

Change = Callable[[str, str, str], None]
Found = Callable[[], list[Finding]]


def errors(findings: list[Finding]) -> list[Finding]:
    return [item for item in findings if item.severity == "error"]


def test_the_sound_package_has_no_errors(found: Found) -> None:
    assert errors(found()) == []


@pytest.mark.parametrize(
    "planted",
    [
        (
            "leave_request.bpmn",
            "leave_request.apply",
            "leave_request.aply",
            "unknown-form",
            "apply",
        ),
        ("leave_request.bpmn", "leave.register", "leave.registr", "unknown-handler", "register"),
        (
            "leave_request.bpmn",
            'decisionId="leave_class"',
            'decisionId="class"',
            "unknown-decision",
            "find_class",
        ),
        ("leave_request.bpmn", '"dept_head"', '"head"', "unknown-role", "approve_request"),
        ("leave_request.bpmn", 'value="own"', 'value="mine"', "property-value", "approve_request"),
        ("leave_request.bpmn", 'name="unit"', 'name="unti"', "unknown-property", "approve_request"),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="circulate.to" value="role:boss" />',
            "unknown-role",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="circulate.to" value="everybody" />',
            "property-value",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="circulate.to" value="handler:nothing" />',
            "unknown-step",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="circulate.to" value="initiator, record:nothing" />',
            "unknown-lookup",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="circulate.unit" value="own" />',
            "copies",
            "approve_request",
        ),
        ("leave_request.bpmn", 'value="initiator"', 'value="boss"', "property-value", "apply"),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="return.outcomes" value="reject" />',
            "unknown-outcome",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="unit" value="superior:0" />',
            "property-value",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="unit" value="record:leave.units" />',
            "unknown-lookup",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="unit" value="field:leave_request.aply.unit" />',
            "unknown-form",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="assignee" value="leader:9" />',
            "property-value",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="assignee" value="handler:approve_request" />',
            "unknown-step",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="separate.from" value="aply" />',
            "unknown-step",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="nobody" value="shrug" />',
            "property-value",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="nobody" value="skip" />',
            "skip-outcome",
            "approve_request",
        ),
        (
            "leave_request.bpmn",
            '<zeebe:property name="unit" value="own" />',
            '<zeebe:property name="nobody.outcome" value="approve" />',
            "skip-outcome",
            "approve_request",
        ),
        (
            "process.toml",
            "withdraw = true",
            'withdraw = true\n[[separate]]\nroles = ["clerk", "clark"]',
            "unknown-role",
            "separate[0].roles",
        ),
        (
            "process.toml",
            "withdraw = true",
            'withdraw = true\n[[separate]]\nroles = ["clerk"]',
            "separate-roles",
            "separate[0].roles",
        ),
        ("process.toml", '["clerk"]', '["clark"]', "unknown-role", "starters"),
        ("process.toml", 'starters = ["clerk"]', "starters = []", "no-starters", "starters"),
        ("process.toml", 'starters = ["clerk"]', "", "no-starters", "starters"),
        ("process.toml", 'title = "reason"', 'title = "reason +"', "bad-feel", "title"),
        ("process.toml", 'title = "reason"', 'title = "=reason"', "leading-equals", "title"),
        ("process.toml", 'value = "days"', 'value = "days >"', "bad-feel", "summary[0].value"),
        ("forms/apply.form", "leave.deputies", "leave.people", "unknown-lookup", "deputy"),
        (
            "forms/apply.form",
            '"id": "leave_request.apply"',
            '"id": "leave_request.use"',
            "form-id",
            "leave_request.use",
        ),
        (
            "regions/410100/leave_request.bpmn",
            "leave_city_review",
            "leave_town_review",
            "unknown-process",
            "city_review",
        ),
        (
            "regions/410100/city_review.bpmn",
            'id="leave_city_review"',
            'id="leave_request"',
            "duplicate-definition",
            "leave_request",
        ),
        ("regions/410100/variant.toml", "owner = ", "ovner = ", "missing-key", "owner"),
    ],
)
def test_planted_errors(
    change: Change, found: Found, planted: tuple[str, str, str, str, str]
) -> None:
    file, old, new, rule, element = planted
    change(file, old, new)

    findings = errors(found())

    assert (rule, element) in [(item.rule, item.element_id) for item in findings]
    hit = next(item for item in findings if item.rule == rule)
    assert hit.message_zh
    assert hit.message_en
    assert hit.file.startswith(("processes/leave_request/", "forms/leave_request/"))


def test_a_broken_bpmn_file_names_file_line_and_reason(change: Change, found: Found) -> None:
    change("leave_request.bpmn", "</bpmn:process>", "</bpmn:proces>")

    broken = errors(found())

    assert [item.file for item in broken] == ["processes/leave_request/leave_request.bpmn"]
    assert broken[0].line > 0


def test_a_flow_into_nothing_names_the_element(change: Change, found: Found) -> None:
    change("leave_request.bpmn", 'targetRef="register"', 'targetRef="registry"')

    broken = errors(found())

    assert broken
    assert {item.file for item in broken} == {"processes/leave_request/leave_request.bpmn"}
    assert any("regist" in item.message_zh or "regist" in item.element_id for item in broken)


def test_a_region_without_its_record_is_refused(leave: Path, found: Found) -> None:
    (leave / "regions" / "410100" / "variant.toml").unlink()

    assert "variant-record" in [item.rule for item in errors(found())]


def test_a_changed_base_asks_for_a_rebase_and_deploys(change: Change, found: Found) -> None:
    assert "variant-rebase" not in [item.rule for item in found()]

    change("leave_request.bpmn", 'name="部门审批"', 'name="部门审核"')
    findings = found()

    assert errors(findings) == []
    (rebase,) = [item for item in findings if item.rule == "variant-rebase"]
    assert rebase.element_id == "leave_request.bpmn"


def test_a_missing_english_text_warns(change: Change, found: Found) -> None:
    assert "english-text" not in [item.rule for item in found()]

    change("en.toml", '"代理人"', '"代办人"')
    findings = found()

    assert errors(findings) == []
    (warning,) = [item for item in findings if item.rule == "english-text"]
    assert "代理人" in warning.message_zh
    assert warning.file == "forms/leave_request/apply.form"


def test_an_unreadable_id_warns(change: Change, found: Found) -> None:
    change("leave_request.bpmn", "find_class", "Activity_0x7f3a1")

    assert "Activity_0x7f3a1" in [item.element_id for item in found() if item.severity == "warning"]


def test_a_region_that_is_never_used_warns(change: Change, found: Found) -> None:
    change("process.toml", '["4100", "4101", "4103"]', '["4103"]')

    assert "variant-unused" in [item.rule for item in found()]


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("approve.py", "unexpected-file"),
        ("regions/zhengzhou/leave_request.bpmn", "region-code"),
        ("drafts/leave_request.bpmn", "misplaced-file"),
        ("settings.toml", "unexpected-file"),
    ],
)
def test_what_does_not_belong_there_is_refused(
    leave: Path, found: Found, file: str, rule: str
) -> None:
    (leave / file).parent.mkdir(exist_ok=True)
    (leave / file).write_text("x = 1", encoding="utf-8")

    assert [(item.rule, item.file) for item in errors(found())] == [
        (rule, f"processes/leave_request/{file}")
    ]


def test_a_link_out_of_the_package_is_refused(leave: Path, tmp_path: Path, found: Found) -> None:
    (tmp_path / "secret.toml").write_text('a = "b"', encoding="utf-8")
    (leave / "extra.toml").symlink_to(tmp_path / "secret.toml")

    assert [item.rule for item in errors(found())] == ["symlink"]
