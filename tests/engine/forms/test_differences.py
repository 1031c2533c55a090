from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from engine.forms import check_answers, differences

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.handler import Option


@pytest.fixture
def stored(plan: Form, filled: dict[str, Any], options: dict[str, list[Option]]) -> dict[str, Any]:
    row = filled["items"][0]
    filled["items"] = [row | {"name": name} for name in ("办公椅", "会议椅", "折叠椅")]
    return check_answers(plan, filled, complete=False, options=options).stored


def test_equal_versions_have_no_differences(plan: Form, stored: Any) -> None:
    assert differences(plan, stored, copy.deepcopy(stored)) == []


def test_answers_read_as_people_read_them(plan: Form, stored: Any) -> None:
    new = copy.deepcopy(stored) | {"method": "single", "confirmed": False, "policies": ["green"]}
    new["contact"]["person"] = "李文"

    found = differences(plan, stored, new)

    assert [tuple(one) for one in found] == [
        ("method", "采购方式", "公开招标", "单一来源"),
        ("contact.person", "联系方式 / 联系人", "张文", "李文"),
        ("policies", "落实的采购政策", "中小企业、节能产品", "绿色建材"),
        ("confirmed", "以上内容真实、完整", "是", "否"),
    ]


def test_a_deleted_row_is_one_difference(plan: Form, stored: Any) -> None:
    new = copy.deepcopy(stored)
    del new["items"][0]

    found = differences(plan, stored, new)

    assert [(one.path, one.label, one.new) for one in found] == [("items.0", "采购明细 1", "")]
    assert "办公椅" in found[0].old


def test_an_added_row_is_one_difference(plan: Form, stored: Any) -> None:
    new = copy.deepcopy(stored)
    new["items"].append(new["items"][0] | {"name": "沙发"})

    (found,) = differences(plan, stored, new)

    assert (found.path, found.old) == ("items.3", "")
    assert "沙发" in found.new


def test_a_changed_row_names_the_field(plan: Form, stored: Any) -> None:
    new = copy.deepcopy(stored)
    new["items"][1] |= {"unit_price": "1300.00", "category": "A02", "category.label": "服务器"}

    found = differences(plan, stored, new)

    assert [tuple(one) for one in found] == [
        ("items.1.category", "采购明细 2 / 品目", "办公椅", "服务器"),
        ("items.1.unit_price", "采购明细 2 / 单价", "1,280.50 元", "1,300.00 元"),
    ]


def test_a_field_that_appears_is_a_difference(plan: Form, stored: Any) -> None:
    new = stored | {"single_reason": "只有一家"}

    (found,) = differences(plan, stored, new)

    assert (found.label, found.old, found.new) == ("单一来源理由", "", "只有一家")
