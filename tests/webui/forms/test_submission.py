from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import MultiDict

from webui.forms import parse_submission, searches_in

if TYPE_CHECKING:
    from engine.forms import Form

Data = list[tuple[str, str]]


def parsed(plan: Form, data: Data) -> dict[str, object]:
    return parse_submission(plan, MultiDict(data))


def test_names_become_nested_answers(plan: Form) -> None:
    answers = parsed(
        plan,
        [
            ("plan_name", "甲"),
            ("items-1-name", "乙"),
            ("items-0-name", "丙"),
            ("contact-person", "丁"),
            ("policies", "small"),
            ("policies", "green"),
            ("confirmed", "true"),
        ],
    )

    assert answers["plan_name"] == "甲"
    assert [row["name"] for row in answers["items"]] == ["丙", "乙"]  # type: ignore[attr-defined]
    assert answers["contact"] == {"person": "丁", "phone": "", "mail": ""}
    assert answers["policies"] == ["small", "green"]
    assert answers["confirmed"] is True
    assert answers["linked"] is None


def test_nothing_sent_is_blank_not_missing(plan: Form) -> None:
    answers = parsed(plan, [])

    assert answers["plan_name"] == ""
    assert answers["items"] == []
    assert answers["policies"] == []
    assert answers["confirmed"] is False


def test_rows_keep_their_order_when_numbers_are_missing(plan: Form) -> None:
    data = [("items-10-name", "乙"), ("items-2-name", "甲"), ("items-999999-name", "不读")]

    answers = parsed(plan, data)

    assert [row["name"] for row in answers["items"]] == ["甲", "乙"]  # type: ignore[attr-defined]


def test_a_row_with_nothing_in_it_is_still_a_row(plan: Form) -> None:
    assert len(parsed(plan, [("items-0-_row", "1")])["items"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("button", "names"),
    [
        (("_add", "items"), ["甲", "乙", None]),
        (("_del", "items-0"), ["乙"]),
        (("_del", "items-1"), ["甲"]),
        (("_del", "items-7"), ["甲", "乙"]),
        (("_del", "items"), ["甲", "乙"]),
        (("_del", "items-0-name"), ["甲", "乙"]),
        (("_add", "contact"), ["甲", "乙"]),
        (("_add", "nowhere-0"), ["甲", "乙"]),
        (("_refresh", "1"), ["甲", "乙"]),
    ],
)
def test_buttons_change_rows(plan: Form, button: tuple[str, str], names: list[str | None]) -> None:
    answers = parsed(plan, [("items-0-name", "甲"), ("items-1-name", "乙"), button])

    rows = answers["items"]
    assert isinstance(rows, list)
    assert [row.get("name") for row in rows] == names


def test_rows_end_at_the_maximum(plan: Form) -> None:
    data = [(f"items-{number}-_row", "1") for number in range(20)]

    assert len(parsed(plan, [*data, ("_add", "items")])["items"]) == 20  # type: ignore[arg-type]


def test_names_of_no_field_are_not_answers(plan: Form) -> None:
    answers = parsed(plan, [("role", "admin"), ("items-0-role", "admin"), ("total", "1")])

    assert "role" not in answers
    assert "total" not in answers
    assert "role" not in answers["items"][0]  # type: ignore[index]


def test_searches_are_apart_from_answers() -> None:
    data = {"_q-items-0-category": " 计算机 ", "plan_name": "甲"}

    assert searches_in(data) == {"items-0-category": "计算机"}
