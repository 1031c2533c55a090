"""代理: arranged in the settings, shown on both sides, and written into the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_deadlines import accessible, office_url, shot  # noqa: F401 - a fixture
from tests.support.browser import NARROW, WIDE
from tests.support.people import name_of

if TYPE_CHECKING:
    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser
TITLE = "王某的许可申请"


def act_for(deputy: Person, principal: str) -> None:
    """Find the principal's task, decide it, and end the substitution."""
    page = deputy.page
    page.goto(f"{deputy.address}/worklist/todo")
    expect(page.get_by_text(f"{principal} 2026-06-10 至 2026-06-12 由您代理")).to_be_visible()
    expect(page.get_by_text(f"代 {principal}")).to_be_visible()
    shot(page, "substitution-list-narrow-dark")
    page.goto(f"{deputy.address}/bell")
    expect(page.get_by_role("button", name=f"{deputy.name} 代理 {principal}")).to_be_visible()
    deputy.open(TITLE)
    shot(page, "substitution-task-narrow-dark")
    deputy.say("材料齐全，同意。")
    deputy.press("准予")
    deputy.expect_done()
    page.goto(f"{deputy.address}/substitutions")
    shot(page, "substitution-narrow-dark")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("由您代理")).to_have_count(0)


def test_somebody_who_is_away_is_stood_in_for(enter: Enter) -> None:
    principal, deputy = enter("zzjy_sh", WIDE), enter("zzwj_sh", NARROW, color_scheme="dark")
    page = principal.page
    page.get_by_role("link", name="个人设置").last.click()
    page.get_by_role("link", name="代理设置").click()
    page.get_by_label("代理人（姓名或用户名）").fill("无此人")
    for label, day in (("第一天", "2026-06-10"), ("最后一天", "2026-06-12")):
        page.get_by_label(label).fill(day)
    page.get_by_label("原因").fill("外出培训")
    page.get_by_role("button", name="设置代理").click()
    expect(page.get_by_text("没有名为“无此人”的人员")).to_be_visible()
    expect(page.get_by_label("原因")).to_have_value("外出培训")
    accessible(page)
    page.get_by_label("代理人（姓名或用户名）").fill(deputy.name)
    page.get_by_role("button", name="设置代理").click()

    expect(page.get_by_text(f"您的事项现由{deputy.name}代理")).to_be_visible()
    accessible(page)
    shot(page, "substitution-wide")

    act_for(deputy, principal.name)

    applicant = enter("zzyz_jb", WIDE)
    applicant.open_started(TITLE)
    words = f"{name_of('zzwj_sh')}（代{name_of('zzjy_sh')}）"
    expect(applicant.page.locator(".timeline")).to_contain_text(words)
    shot(applicant.page, "substitution-record")
    applicant.page.get_by_role("tab", name="流转记录").click()
    expect(applicant.page.locator(".audit")).to_contain_text(words)
