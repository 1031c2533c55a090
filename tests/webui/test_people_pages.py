"""The pages on which people arrange who acts: refused input comes back as typed, at its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webui.office_client import Person


def test_recusals_are_registered_and_lifted(person: Callable[[str], Person]) -> None:
    admin = person("demo_admin")
    admin.get("/recusals")
    refused = admin.post("/recusals", {"person": "虚构审核ZZYZ", "unit": "没有", "reason": "亲属"})
    assert admin.status == 422
    assert "没有名为“没有”的单位" in refused
    assert 'value="虚构审核ZZYZ"' in refused
    unit = "郑州市示例第一中学"
    page = admin.post("/recusals", {"person": "虚构审核ZZYZ", "unit": unit, "reason": "亲属"})
    assert "已登记回避" in page
    key = page.split("/recusals/")[1].split("/lift")[0]

    assert "请填写原因" in admin.post(f"/recusals/{key}/lift", {"reason": ""})
    assert "回避已解除" in admin.post(f"/recusals/{key}/lift", {"reason": "登记有误"})

    handler = person("zzyz_jb")
    handler.get("/recusals")
    assert "虚构审核ZZYZ" not in handler.page
    handler.post(f"/recusals/{key}/lift", {"reason": "我来"})
    assert handler.status == 403


def test_units_are_arranged(person: Callable[[str], Person]) -> None:
    admin = person("demo_admin")
    admin.get("/units/new")
    unit = {
        "code": "410100-XX01",
        "name": "郑州市示例第九中学",
        "kind": "采购单位",
        "division": "4101",
    }
    assert "请填写 6 位区划代码" in admin.post("/units/new", {**unit, "parent": "无此单位"})
    assert 'value="郑州市示例第九中学"' in admin.page
    admin.post("/units/new", {**unit, "division": "410100"})
    assert admin.status == 200
    relation = {"relation": "business_office", "office": "410100-XX01"}
    admin.post("/units/of/410100-XX01/relations", {**relation, "office": "无"})
    assert "没有名为“无”的单位" in admin.page
    assert "已保存" in admin.post("/units/of/410100-XX01/relations", relation)


def test_people_and_posts_are_arranged(person: Callable[[str], Person]) -> None:
    admin = person("demo_admin")
    admin.get("/staff/new")
    facts = {"login": "xx_jb", "name": "新经办", "unit": "郑州市示例第一中学"}
    assert "用户名由小写字母开头" in admin.post("/staff/new", {**facts, "login": "新"})
    made = admin.post("/staff/new", facts)
    password = re.search(r'initial-password">([^<]+)<', made)
    assert password is not None
    give = {"role": "purchaser_handler", "post_unit": "没有", "scope": "", "reason": "任职文件"}
    assert "没有名为“没有”的单位" in admin.post("/staff/people/xx_jb/give", give)
    assert 'value="任职文件"' in admin.page
    admin.post("/staff/people/xx_jb/give", {**give, "post_unit": "410100-JY01"})
    assert "任职已登记" in admin.page
    assert "取代" not in admin.page
    wider = {**give, "post_unit": "410100-JY01", "scope": "4101"}
    assert "原来的“本单位”由本次登记的取代" in admin.post("/staff/people/xx_jb/give", wider)
    assert "原来的“区划 4101”由" in admin.post("/staff/people/xx_jb/give", {**wider, "scope": "*"})
    assert "xx_jb" in admin.get("/staff?q=新经办")
    disable(admin)


def disable(admin: Person) -> None:
    """Take the post, disable and enable the account."""
    take = {"post": "purchaser_handler@410100-JY01", "reason": ""}
    assert "请填写原因" in admin.post("/staff/people/xx_jb/take", take)
    assert "免职已登记" in admin.post("/staff/people/xx_jb/take", {**take, "reason": "调离"})
    assert "账号已停用" in admin.post("/staff/people/xx_jb/disable", {"reason": "调离"})
    enabled = admin.post("/staff/people/xx_jb/password", {"_action": "enable"})
    assert "initial-password" in enabled


def test_nobody_else_arranges_people(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")
    for address in ("/staff", "/staff/new", "/staff/people/zzyz_sh", "/units", "/units/of/JY01"):
        handler.get(address)
        assert handler.status == 403, address


def test_looking_at_a_hand_over_keeps_the_token_out_of_the_address(
    person: Callable[[str], Person],
) -> None:
    admin = person("demo_admin")
    zzyz = person("zzyz_jb")
    zzyz.get("/start")
    zzyz.post("/start", {"process_id": "plan_filing"})

    page = admin.get("/handovers/of/zzyz_jb").split("<main")[1].split("</form>")[0]

    assert '<button class="btn btn-primary" name="csrf_token" value="' in page
    assert page.count("csrf_token") == 1


def test_a_substitution_for_somebody_else_speaks_of_that_person(
    person: Callable[[str], Person],
) -> None:
    admin = person("demo_admin")

    assert "可以办理虚构经办ZZYZ已有和新到的待办" in admin.get("/substitutions?person=zzyz_jb")
    assert "可以办理您已有和新到的待办" in admin.get("/substitutions")
