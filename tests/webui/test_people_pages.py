"""The pages on which people arrange who acts: refused input comes back as typed, at its field."""

from __future__ import annotations

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
