"""What an analyst got wrong is named where it is wrong, with nothing else hidden or made up."""

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


def test_a_root_process_that_only_some_regions_have_is_missed_elsewhere(
    change: Change, found: Found
) -> None:
    change("leave_request.bpmn", 'process id="leave_request"', 'process id="Process_1a2b3c"')

    (missed,) = [item for item in errors(found()) if item.rule == "root-process"]

    assert "Process_1a2b3c" in missed.message_zh
    assert "Process_1a2b3c" in missed.message_en


@pytest.mark.parametrize(
    "uses",
    [
        '<zeebe:property name="relies" value="leave_request.apply#reason" />',
        '<zeebe:property name="return.targets" value="outside" />'
        '<zeebe:property name="outside.fields" value="leave_request.apply#reason" />',
    ],
)
def test_a_broken_form_that_a_step_refers_to_is_named_by_its_file(
    change: Change, found: Found, uses: str
) -> None:
    change("forms/apply.form", '"components"', '"components",')
    change("leave_request.bpmn", '<zeebe:property name="unit" value="own" />', uses)

    (broken,) = errors(found())

    assert (broken.rule, broken.file) == ("bad-json", "forms/leave_request/apply.form")


@pytest.mark.parametrize(
    ("planted", "place", "says"),
    [
        (("forms/apply.form", '"key": "days"', '"key": "length"'), "apply", "days"),
        (("process.toml", 'title = "reason"', 'title = "reson"'), "title", "reason"),
        (("process.toml", 'title = "reason"', 'title = "事由"'), "title", "reason"),
        (("process.toml", 'value = "days"', 'value = "dayss"'), "summary[0].value", "days"),
        (("leave_request.bpmn", '=outcome = "return"', "=clas = 1"), "to_apply_again", "class"),
    ],
)
def test_a_name_that_nothing_writes_is_a_warning(
    change: Change, found: Found, planted: tuple[str, str, str], place: str, says: str
) -> None:
    assert "unknown-name" not in [item.rule for item in found()]

    change(*planted)
    findings = found()

    assert errors(findings) == []
    (named,) = [item for item in findings if item.rule == "unknown-name"]
    assert named.element_id == place
    assert f"“{says}”" in named.message_zh
    assert says in named.message_en


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ('<zeebe:property name="separate.from" value="apply，register" />', ","),
        ('<zeebe:property name="clock.stops" value="补正；听证" />', "、"),
        ('<zeebe:property name="unit" value="office：finance" />', ":"),
    ],
)
def test_a_full_width_sign_in_a_property_is_told_with_the_sign_to_type(
    change: Change, found: Found, written: str, sign: str
) -> None:
    change("leave_request.bpmn", '<zeebe:property name="unit" value="own" />', written)

    told = [item for item in errors(found()) if item.rule == "full-width-sign"]

    assert [item.element_id for item in told] == ["approve_request"]
    assert f" {sign} " in told[0].message_zh
    assert f" {sign} " in told[0].message_en


def test_roles_joined_by_a_full_width_comma_are_told_with_the_comma_to_type(
    change: Change, found: Found
) -> None:
    change("leave_request.bpmn", '"dept_head"', '"dept_head，city_head"')

    assert [item.rule for item in errors(found())] == ["full-width-sign"]


def test_a_property_that_is_written_twice_is_refused(change: Change, found: Found) -> None:
    once = '<zeebe:property name="unit" value="own" />'
    change("leave_request.bpmn", once, once + once.replace("own", "superior"))

    (twice,) = errors(found())

    assert (twice.rule, twice.element_id) == ("duplicate-property", "approve_request")


def test_a_settings_file_may_begin_as_windows_writes_it(leave: Path, found: Found) -> None:
    head = leave / "process.toml"
    head.write_bytes(b"\xef\xbb\xbf" + head.read_bytes())

    assert errors(found()) == []


def test_a_settings_file_that_cannot_be_read_is_one_fault(change: Change, found: Found) -> None:
    change("process.toml", 'title = "reason"', "title = “reason”")

    (broken,) = errors(found())

    assert (broken.rule, broken.line) == ("toml", 10)
    assert "半角" in broken.message_zh


def test_a_misspelt_return_is_a_warning(change: Change, found: Found) -> None:
    change("leave_request.bpmn", '=outcome = "return"', '=outcome = "retrun"')

    (told,) = [item for item in found() if item.rule == "unknown-outcome"]

    assert (told.severity, told.element_id) == ("warning", "to_apply_again")
    assert "“return”" in told.message_zh


@pytest.mark.parametrize("name", ["unit", "assignee"])
def test_a_rule_that_reads_a_field_which_the_form_lacks_is_refused(
    change: Change, found: Found, name: str
) -> None:
    written = f'<zeebe:property name="{name}" value="field:leave_request.apply.boss" />'
    change("leave_request.bpmn", '<zeebe:property name="unit" value="own" />', written)

    (told,) = errors(found())

    assert (told.rule, told.element_id) == ("unknown-field", "approve_request")
