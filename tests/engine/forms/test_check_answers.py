from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import ValidationFailedError
from engine.forms import check_answers

if TYPE_CHECKING:
    from engine.errors import FieldError
    from engine.forms import Form
    from engine.handler import Option

Options = dict[str, list["Option"]]
TODAY = {"today": date(2026, 6, 10)}


def refused(
    plan: Form, answers: Any, options: Options, files: dict[str, int] | None = None
) -> dict[str, FieldError]:
    with pytest.raises(ValidationFailedError) as refusal:
        check_answers(plan, answers, TODAY, complete=True, options=options, attachments=files or {})
    return {error.field: error for error in refusal.value.errors}


def test_complete_answers_become_typed_values(plan: Form, filled: Any, options: Options) -> None:
    checked = check_answers(
        plan, filled, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    item = checked.values["items"][0]
    assert item["quantity"] == Decimal(12)
    assert item["unit_price"] == Decimal("1280.50")
    assert item["amount"] == Decimal("15366.00")
    assert checked.values["total"] == Decimal("15366.00")
    assert checked.values["contact"] == {"person": "张文", "phone": "13800001111", "mail": None}
    assert checked.values["expected_on"] == date(2026, 7, 1)
    assert checked.values["policies"] == ["small", "energy"]
    assert checked.values["confirmed"] is True


def test_stored_answers_lose_nothing_in_json(plan: Form, filled: Any, options: Options) -> None:
    checked = check_answers(
        plan, filled, TODAY, complete=True, options=options, attachments={"unlinked_file": 2}
    )

    assert checked.stored["items"][0]["unit_price"] == "1280.50"
    assert checked.stored["total"] == "15366.00"
    assert checked.stored["expected_on"] == "2026-07-01"
    assert checked.stored["items"][0]["category.label"] == "办公椅"
    assert checked.stored["unlinked_file.files"] == 2


def test_hidden_answers_are_dropped(plan: Form, filled: Any, options: Options) -> None:
    stale = filled | {"single_reason": "只有一家供应商", "intention": "INT01"}

    checked = check_answers(
        plan, stale, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert "single_reason" not in checked.stored
    assert "intention" not in checked.values


def test_hidden_fields_are_not_required(plan: Form, filled: Any, options: Options) -> None:
    linked = filled | {"linked": "yes", "intention": "INT01", "unlinked_reason": ""}

    checked = check_answers(plan, linked, TODAY, complete=True, options=options)

    assert "unlinked_reason" not in checked.stored
    assert "unlinked_file.files" not in checked.stored


def test_a_large_total_asks_for_a_reason(plan: Form, filled: Any, options: Options) -> None:
    filled["items"][0] |= {"quantity": "3", "unit_price": "1000000.00"}

    errors = refused(plan, filled, options, {"unlinked_file": 1})

    assert {path: error.code for path, error in errors.items()} == {"large_reason": "ERR_REQUIRED"}


def test_a_total_one_fen_below_asks_for_none(plan: Form, filled: Any, options: Options) -> None:
    filled["items"][0] |= {"quantity": "1", "unit_price": "2999999.99"}

    checked = check_answers(
        plan, filled, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert checked.values["total"] == Decimal("2999999.99")


def test_a_chosen_intention_fills_in_the_name(plan: Form, filled: Any, options: Options) -> None:
    crafted = filled | {"linked": "yes", "intention": "INT01", "plan_name": "另一个名称"}

    checked = check_answers(plan, crafted, TODAY, complete=True, options=options)

    assert checked.values["plan_name"] == "教学设备采购意向"


def test_an_intention_that_is_hidden_fills_in_nothing(
    plan: Form, filled: Any, options: Options
) -> None:
    stale = filled | {"intention": "INT01"}

    checked = check_answers(
        plan, stale, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert checked.values["plan_name"] == "二〇二六年教学设备"


def test_a_choice_in_a_row_fills_in_that_row(plan: Form, filled: Any, options: Options) -> None:
    row = filled["items"][0]
    filled["items"] = [row, row | {"category": "A02010104", "unit": "箱"}]

    checked = check_answers(
        plan, filled, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert [item["unit"] for item in checked.values["items"]] == ["把", "台"]


def test_a_posted_computed_value_is_ignored(plan: Form, filled: Any, options: Options) -> None:
    filled["items"][0]["amount"] = "0.01"
    crafted = filled | {"total": "0.01"}

    checked = check_answers(
        plan, crafted, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert checked.values["total"] == Decimal("15366.00")


def test_nothing_answered_is_refused_in_the_order_of_the_form(plan: Form, options: Options) -> None:
    errors = refused(plan, {"items": [{}]}, options)

    assert {path: error.code for path, error in errors.items()} == {
        "plan_name": "ERR_REQUIRED",
        "method": "ERR_REQUIRED",
        "linked": "question_unanswered",
        "items.0.category": "ERR_REQUIRED",
        "items.0.name": "ERR_REQUIRED",
        "items.0.quantity": "ERR_REQUIRED",
        "items.0.unit": "ERR_REQUIRED",
        "items.0.unit_price": "ERR_REQUIRED",
        "contact.person": "ERR_REQUIRED",
        "contact.phone": "ERR_REQUIRED",
        "expected_on": "ERR_REQUIRED",
        "confirmed": "ERR_REQUIRED",
    }
    assert list(errors) == [path for path in _order(plan) if path in errors]


def _order(plan: Form) -> list[str]:
    return [place.path.replace("items.", "items.0.") for place in plan.places]


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("unit_price", "300万", "ERR_NUMBER"),
        ("unit_price", "59.995", "ERR_NUMBER"),
        ("unit_price", "0", "ERR_RANGE"),
        ("unit_price", "-5", "ERR_RANGE"),
        ("unit_price", "10000000000000.00", "ERR_RANGE"),
        ("unit_price", "1e9", "ERR_NUMBER"),
        ("unit_price", "NaN", "ERR_NUMBER"),
        ("unit_price", "1,23,456", "ERR_NUMBER"),
        ("unit_price", ["1"], "ERR_TYPE"),
        ("unit_price", "9" * 4000, "ERR_NUMBER"),
        ("quantity", "0.0001", "ERR_NUMBER"),
        ("quantity", "0", "ERR_RANGE"),
        ("category", "A99", "ERR_ENUM"),
        ("name", "名" * 101, "ERR_LENGTH"),
        ("unit", {"a": 1}, "ERR_TYPE"),
    ],
)
def test_bad_rows_are_refused_at_their_path(
    plan: Form, filled: Any, options: Options, path: str, typed: Any, code: str
) -> None:
    filled["items"][0][path] = typed

    errors = refused(plan, filled, options, {"unlinked_file": 1})

    assert errors[f"items.0.{path}"].code == code
    assert errors[f"items.0.{path}"].message_zh
    assert errors[f"items.0.{path}"].message_en.isascii()


@pytest.mark.parametrize(
    ("answers", "path", "code"),
    [
        ({"plan_name": "甲乙丙"}, "plan_name", "ERR_LENGTH"),
        ({"plan_name": " \u3000甲乙\u200b "}, "plan_name", "ERR_LENGTH"),
        ({"method": "auction"}, "method", "ERR_ENUM"),
        ({"linked": "maybe"}, "linked", "ERR_ENUM"),
        ({"unlinked_reason": "  \n "}, "unlinked_reason", "ERR_REQUIRED"),
        ({"contact": {"person": "张文", "phone": "01055550001"}}, "contact.phone", "ERR_PHONE"),
        ({"contact": {"phone": "13800001111", "person": "张"}}, "contact.person", "ERR_LENGTH"),
        (
            {"contact": {"person": "张文", "phone": "010-55550001", "mail": "张文"}},
            "contact.mail",
            "ERR_EMAIL",
        ),
        ({"contact": "no object"}, "contact.person", "ERR_REQUIRED"),
        ({"expected_on": "2026-02-30"}, "expected_on", "ERR_DATE"),
        ({"expected_on": "2026-06-09"}, "expected_on", "ERR_DATE"),
        ({"expected_on": "0226-07-01"}, "expected_on", "ERR_DATE"),
        ({"policies": ["energy", "magic"]}, "policies", "ERR_ENUM"),
        ({"policies": "energy"}, "policies", "ERR_TYPE"),
        ({"confirmed": False}, "confirmed", "ERR_REQUIRED"),
        ({"items": []}, "items", "ERR_REQUIRED"),
        ({"items": "none"}, "items", "ERR_REQUIRED"),
        ({"items": [{}] * 21}, "items", "ERR_LENGTH"),
    ],
)
def test_bad_answers_are_refused(
    plan: Form, filled: Any, options: Options, answers: Any, path: str, code: str
) -> None:
    errors = refused(plan, filled | answers, options, {"unlinked_file": 1})

    assert errors[path].code == code


@pytest.mark.parametrize(("files", "code"), [(0, "ERR_ATTACHMENT_REQUIRED"), (4, "ERR_ATTACHMENT")])
def test_files_are_counted(
    plan: Form, filled: Any, options: Options, files: int, code: str
) -> None:
    errors = refused(plan, filled, options, {"unlinked_file": files})

    assert {path: error.code for path, error in errors.items()} == {"unlinked_file": code}


@pytest.mark.parametrize("typed", ["2026/7/1", "2026年7月1日", "２０２６－０７－０１", "20260701"])
def test_days_are_read_as_people_write_them(
    plan: Form, filled: Any, options: Options, typed: str
) -> None:
    checked = check_answers(
        plan,
        filled | {"expected_on": typed},
        TODAY,
        complete=True,
        options=options,
        attachments={"unlinked_file": 1},
    )

    assert checked.values["expected_on"] == date(2026, 7, 1)


def test_markup_and_control_characters_are_only_text(
    plan: Form, filled: Any, options: Options
) -> None:
    typed = filled | {"unlinked_reason": "<b>理由</b>\x00\r\n第二行\ud800"}

    checked = check_answers(
        plan, typed, TODAY, complete=True, options=options, attachments={"unlinked_file": 1}
    )

    assert checked.values["unlinked_reason"] == "<b>理由</b>\n第二行"


def test_the_process_may_refuse_choices_itself(plan: Form, filled: Any, options: Options) -> None:
    crafted = filled | {"linked": "yes", "intention": "INT90"}

    checked = check_answers(plan, crafted, TODAY, complete=True, options=options)

    assert checked.values["intention"] == "INT90"


def test_a_draft_requires_nothing_and_keeps_what_cannot_be_read(plan: Form) -> None:
    typed = {
        "plan_name": "甲",
        "items": [{"unit_price": "三百万", "quantity": "2"}],
        "linked": "no",
    }

    draft = check_answers(plan, typed, TODAY, complete=False)

    assert draft.stored["plan_name"] == "甲"
    assert draft.stored["items"][0]["unit_price"] == "三百万"
    assert draft.stored["items"][0]["amount"] is None
    assert draft.values["items"][0]["unit_price"] is None
    assert draft.values["items"][0]["quantity"] == Decimal(2)


def test_a_draft_survives_nonsense(plan: Form) -> None:
    nonsense = {"items": {"a": 1}, "contact": [1], "policies": {"x": 2}, "confirmed": "?", "x": 1}

    draft = check_answers(plan, nonsense, complete=False)

    assert draft.stored["items"] == []
    assert "x" not in draft.stored
