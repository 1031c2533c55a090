from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import DeploymentRefusedError
from engine.forms import apply_overlay
from engine.forms.components import TextField

if TYPE_CHECKING:
    from engine.forms import Form


def overlay(*operations: Any, **head: Any) -> bytes:
    return json.dumps({"overlay": True, "operations": operations} | head).encode()


def paths(form: Form) -> list[str]:
    return [place.path for place in form.places]


NOTE = {"type": "textfield", "id": "f_note", "key": "note", "label": "备注"}


def test_insert_stands_before_after_or_inside(plan: Form) -> None:
    before = apply_overlay(
        plan, overlay({"op": "insert", "before": "method", "components": [NOTE]})
    )
    after = apply_overlay(plan, overlay({"op": "insert", "after": "method", "components": [NOTE]}))
    inside = apply_overlay(plan, overlay({"op": "insert", "into": "items", "components": [NOTE]}))

    assert paths(before).index("note") == paths(before).index("method") - 1
    assert paths(after).index("note") == paths(after).index("method") + 1
    assert "items.note" in paths(inside)
    assert "note" not in paths(plan)


def test_remove_and_replace_work_inside_rows(plan: Form) -> None:
    changed = apply_overlay(
        plan,
        overlay(
            {"op": "remove", "key": "items.unit"},
            {"op": "replace", "key": "items.name", "components": [NOTE]},
            {"op": "remove", "key": "f_policies"},
        ),
    )

    assert "items.unit" not in paths(changed)
    assert "items.name" not in paths(changed)
    assert "policies" not in paths(changed)
    assert "items.note" in paths(changed)


def test_set_changes_and_clears_attributes(plan: Form) -> None:
    changed = apply_overlay(
        plan,
        overlay(
            {
                "op": "set",
                "key": "plan_name",
                "attributes": {"label": "项目名称", "validate.maxLength": 80, "description": None},
            }
        ),
    )

    name = changed.component("plan_name")
    assert isinstance(name, TextField)
    assert (name.label, name.max_length, name.min_length) == ("项目名称", 80, 4)
    assert name.description is None


def test_operations_build_on_each_other(plan: Form) -> None:
    changed = apply_overlay(
        plan,
        overlay(
            {"op": "insert", "into": "", "components": [NOTE]},
            {"op": "set", "key": "note", "attributes": {"label": "说明"}},
        ),
    )

    assert changed.label("note") == "说明"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "key": "nowhere"},
        {"op": "replace", "key": "plan_name"},
        {"op": "set", "key": "plan_name"},
        {"op": "set", "key": "plan_name", "attributes": {"label.x": 1}},
        {"op": "move", "key": "plan_name"},
        {"op": "insert", "components": [NOTE]},
        {"op": "insert", "after": "plan_name", "components": [NOTE | {"key": "method"}]},
        {"op": "insert", "after": "plan_name", "components": [{"type": "html"}]},
        "nothing",
    ],
)
def test_operations_that_cannot_be_done_refuse_the_whole(plan: Form, operation: Any) -> None:
    with pytest.raises(DeploymentRefusedError) as refusal:
        apply_overlay(plan, overlay(operation), "regions/410100/plan.form")

    assert refusal.value.findings[0].file == "regions/410100/plan.form"


@pytest.mark.parametrize(
    "data", [b"{", overlay(), overlay({"op": "remove", "key": "method"}, id="other.form")]
)
def test_files_that_are_no_overlay_of_this_form_are_refused(plan: Form, data: bytes) -> None:
    with pytest.raises(DeploymentRefusedError):
        apply_overlay(plan, data)
