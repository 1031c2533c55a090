from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.forms import (
    Given,
    check_answers,
    initial_answers,
    read_form,
    read_stored,
    situate,
    visible_components,
)

if TYPE_CHECKING:
    from engine.forms import Form


def form_of(*components: Any) -> Form:
    form = {"type": "default", "id": "t", "schemaVersion": 19, "components": components}
    return read_form(json.dumps(form).encode(), "t.form")


def text(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, "id": f"f_{key}", "label": key} | more


def hidden_when(expression: str) -> dict[str, Any]:
    return {"conditional": {"hide": f"={expression}"}}


def shown(form: Form, answers: Any, context: Any = None) -> list[str]:
    return [path for path, _ in visible_components(form, answers, context)]


def test_a_condition_on_a_hidden_value_sees_nothing() -> None:
    form = form_of(
        text("a"),
        text("b", **hidden_when('a != "1"')),
        text("c", **hidden_when('b != "2"')),
    )

    assert shown(form, {"a": "1", "b": "2"}) == ["a", "b", "c"]
    assert shown(form, {"a": "0", "b": "2"}) == ["a"]


def test_conditions_may_look_forward() -> None:
    form = form_of(
        text("c", **hidden_when('b != "2"')), text("b", **hidden_when('a != "1"')), text("a")
    )

    assert shown(form, {"a": "0", "b": "2"}) == ["a"]
    assert shown(form, {"a": "1", "b": "2"}) == ["c", "b", "a"]


def test_conditions_that_chase_each_other_come_to_an_end() -> None:
    form = form_of(text("a", **hidden_when('a = "1"')))

    assert shown(form, {"a": "1"}) in ([], ["a"])


def test_rows_are_judged_one_by_one() -> None:
    rows = {
        "type": "dynamiclist",
        "path": "rows",
        "id": "f_rows",
        "label": "行",
        "components": [text("kind"), text("why", **hidden_when('this.kind != "other"'))],
    }
    form = form_of(rows, text("kind", id="outside"))

    answers = {"kind": "other", "rows": [{"kind": "other"}, {"kind": "usual"}]}

    assert shown(form, answers) == ["rows", "rows.0.kind", "rows.0.why", "rows.1.kind", "kind"]


def test_rows_know_their_number_and_what_is_around_them() -> None:
    label = {
        "type": "expression",
        "key": "no",
        "id": "f_no",
        "expression": "=parent.code + string(i[1])",
    }
    rows = {
        "type": "dynamiclist",
        "path": "rows",
        "id": "f_rows",
        "label": "行",
        "components": [text("name"), label],
    }
    form = form_of(text("code"), rows)

    values = check_answers(
        form, {"code": "P", "rows": [{"name": "甲"}, {"name": "乙"}]}, complete=True
    ).values

    assert [row["no"] for row in values["rows"]] == ["P1", "P2"]


def test_a_hidden_group_hides_what_is_inside() -> None:
    group = {
        "type": "group",
        "id": "g",
        "label": "组",
        "path": "g",
        "components": [text("x", validate={"required": True})],
    } | hidden_when('a != "1"')
    form = form_of(text("a"), group)

    assert check_answers(form, {"a": "0", "g": {"x": "1"}}, complete=True).stored == {"a": "0"}
    assert check_answers(form, {"a": "1", "g": {"x": "1"}}, complete=True).stored == {
        "a": "1",
        "g": {"x": "1"},
    }


def test_computed_values_follow_each_other_in_any_order(plan: Form, filled: Any) -> None:
    total = {"type": "expression", "key": "c", "id": "c", "expression": "=b * 2"}
    middle = {"type": "expression", "key": "b", "id": "b", "expression": "=a + 1"}
    form = form_of(total, middle, {"type": "number", "key": "a", "id": "a", "label": "a"})

    assert check_answers(form, {"a": "0.1"}, complete=True).values == {
        "c": Decimal("2.2"),
        "b": Decimal("1.1"),
        "a": Decimal("0.1"),
    }


def test_computed_money_is_rounded_half_up() -> None:
    amount = {
        "type": "expression",
        "key": "x",
        "id": "x",
        "expression": "=a / 8",
        "properties": {"money": "true"},
    }
    form = form_of(amount, {"type": "number", "key": "a", "id": "a", "label": "a"})

    assert check_answers(form, {"a": "1"}, complete=True).stored["x"] == "0.13"


def test_the_context_is_seen_and_the_form_wins() -> None:
    form = form_of(text("a", **hidden_when("not(needed)")), text("b", **hidden_when('a = "x"')))

    assert shown(form, {}, {"needed": True, "a": "x"}) == ["a", "b"]
    assert shown(form, {}, {"needed": False, "a": "x"}) == ["b"]


def test_days_compare_as_days() -> None:
    day = {"type": "datetime", "subtype": "date", "key": "day", "id": "d", "dateLabel": "日期"}
    form = form_of(day, text("late", **hidden_when("day <= today")))

    context = {"today": date(2026, 6, 10)}

    assert shown(form, {"day": "2026-06-11"}, context) == ["day", "late"]
    assert shown(form, {"day": "2026-06-10"}, context) == ["day"]


def test_the_server_sets_what_is_read_only() -> None:
    form = form_of(
        text("number", readonly=True),
        text("unit", readonly=True, defaultValue="本单位"),
        text("name", properties={"readonlyWhenFilled": "true"}),
        text("note", disabled=True),
    )
    crafted = {"number": "X", "unit": "X", "name": "X", "note": "X"}

    known = check_answers(form, crafted, {"number": "P1", "name": "甲"}, complete=True)
    unknown = check_answers(form, crafted, {}, complete=True)

    assert known.stored == {"number": "P1", "unit": "本单位", "name": "甲"}
    assert unknown.stored == {"number": None, "unit": "本单位", "name": "X"}


def test_a_formula_decides_what_may_be_changed() -> None:
    form = form_of(text("a"), text("b", readonly='=a = "locked"'))
    field = form.components[1]

    for answer, locked in (("locked", True), ("open", False)):
        situation = situate(form, {"a": answer}, Given())
        assert situation.is_readonly(field, situation.root) is locked  # type: ignore[arg-type]


def test_choices_may_come_from_the_context_or_a_formula() -> None:
    by_key = {"type": "select", "key": "a", "id": "a", "label": "a", "valuesKey": "units"}
    by_formula = {
        "type": "select",
        "key": "b",
        "id": "b",
        "label": "b",
        "valuesExpression": '=for u in units return u.value + "!"',
    }
    form = form_of(by_key, by_formula)
    context = {"units": [{"label": "甲单位", "value": "1"}]}

    checked = check_answers(form, {"a": "1", "b": "1!"}, context, complete=True)

    assert checked.stored == {"a": "1", "b": "1!"}


def test_a_new_form_starts_with_defaults_and_first_rows(plan: Form) -> None:
    form = form_of(text("a", defaultValue="甲"), text("b"))

    assert initial_answers(form) == {"a": "甲"}
    assert initial_answers(form, {"a": "", "b": "乙"}) == {"a": "", "b": "乙"}
    assert initial_answers(plan)["items"] == [{}]
    assert initial_answers(plan, {"items": []})["items"] == []


def test_what_the_server_had_set_is_among_stored_values() -> None:
    form = form_of(text("named", readonly=True), text("typed"))
    typed = {"named": "crafted", "typed": "乙"}
    stored = check_answers(form, typed, {"named": "甲"}, complete=True).stored

    assert read_stored(form, stored) == {"named": "甲", "typed": "乙"}
    assert check_answers(form, stored, complete=True).stored["named"] is None


def test_stored_answers_become_values_again(plan: Form, filled: Any) -> None:
    stored = check_answers(plan, filled, complete=False).stored

    values = read_stored(plan, json.loads(json.dumps(stored)))

    assert values["total"] == Decimal("15366.00")
    assert values["expected_on"] == date(2026, 7, 1)
    assert values["items"][0]["quantity"] == Decimal(12)
