"""What an analyst got wrong is named where it is wrong, with nothing else hidden or made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import Finding

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
