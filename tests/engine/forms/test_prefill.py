"""A form that nobody has filled in yet begins with what the matter knows."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from engine.forms import inspect_form, prefilled_answers, read_form

FORM = {
    "type": "default",
    "schemaVersion": 19,
    "id": "notice.draft",
    "properties": {"variables": "project, open_lots"},
    "components": [
        {
            "type": "textfield",
            "key": "title",
            "label": "标题",
            "properties": {"prefill": '=project.name + "采购公告"'},
        },
        {
            "type": "group",
            "label": "金额",
            "components": [
                {
                    "type": "number",
                    "key": "budget",
                    "label": "预算",
                    "properties": {"prefill": "=project.amount"},
                }
            ],
        },
        {
            "type": "dynamiclist",
            "path": "lots",
            "label": "标段",
            "properties": {"prefill": "=for lot in open_lots return {number: lot.number}"},
            "components": [{"type": "textfield", "key": "number", "label": "编号"}],
        },
        {
            "type": "group",
            "path": "contact",
            "label": "联系方式",
            "components": [
                {
                    "type": "textfield",
                    "key": "day",
                    "label": "日期",
                    "properties": {"prefill": '=date("2026-06-10")'},
                }
            ],
        },
        {"type": "textfield", "key": "note", "label": "备注"},
    ],
}
CONTEXT: dict[str, Any] = {
    "project": {"name": "职校实训电脑", "amount": Decimal("1274000.00")},
    "open_lots": [{"number": "01"}, {"number": "02"}],
}


def test_fields_groups_and_lists_take_over_what_the_matter_knows() -> None:
    form = read_form(json.dumps(FORM).encode(), "forms/notice/draft.form")

    assert prefilled_answers(form, CONTEXT) == {
        "title": "职校实训电脑采购公告",
        "budget": "1274000.00",
        "lots": [{"number": "01"}, {"number": "02"}],
        "contact": {"day": "2026-06-10"},
    }


def test_the_form_says_which_variables_it_reads() -> None:
    silent = {**FORM, "properties": {}}

    said = inspect_form(json.dumps(FORM).encode(), "forms/notice/draft.form")
    unsaid = inspect_form(json.dumps(silent).encode(), "forms/notice/draft.form")

    assert said.findings == ()
    assert [(one.rule, one.severity) for one in unsaid.findings] == [
        ("unknown-name", "warning")
    ] * 3


def test_what_the_matter_does_not_know_stays_open() -> None:
    form = read_form(json.dumps(FORM).encode(), "forms/notice/draft.form")

    assert prefilled_answers(form, {}) == {"contact": {"day": "2026-06-10"}}


@pytest.mark.parametrize("text", ["=project.(", "=for lot in"])
def test_a_prefill_that_is_not_feel_is_found(text: str) -> None:
    broken = json.loads(json.dumps(FORM))
    broken["components"][0]["properties"]["prefill"] = text

    reading = inspect_form(json.dumps(broken).encode(), "forms/notice/draft.form")

    assert [finding.element_id for finding in reading.findings] == ["title"]
