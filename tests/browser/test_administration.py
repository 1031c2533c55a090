"""A newcomer, a leaver and the work that goes on: what an administrator sees and does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_deadlines import accessible, office_url, shot  # noqa: F401 - a fixture
from tests.support.browser import NARROW, WIDE, Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser
TITLE = "王某的许可申请"
UNIT = "郑州市示例教育局"


def fold(page: Page, name: str) -> None:
    page.locator(".fold-list summary", has_text=name).first.click()


def newcomer(admin: Person) -> None:
    """Create a person and give him the post of the one who will leave."""
    page = admin.page
    page.get_by_role("link", name="人员与单位").first.click()
    page.get_by_role("link", name="新建人员").click()
    for field, text in (("login", "xin_sh"), ("name", "新来"), ("unit", UNIT)):
        page.locator(f"#{field}").fill(text)
    page.get_by_role("button", name="新建人员").click()
    expect(page.locator(".initial-password")).to_be_visible()
    fold(page, "任职")
    page.locator("#role").select_option("dept_reviewer")
    page.locator("#givereason").fill("教人〔2026〕7号")
    page.get_by_role("button", name="任职").click()
    expect(page.get_by_text("任职已登记")).to_be_visible()
    accessible(page)
    shot(page, "staff-newcomer")


def leave(page: Page) -> None:
    """See where the leaver's work goes, hand it over and disable the account."""
    expect(page.get_by_text("回到岗位，由同岗位其他人员办理")).to_be_visible()
    shot(page, "staff-leaver")
    page.get_by_role("link", name="离职交接").click()
    page.get_by_label("接手人（姓名或用户名）").fill("虚构经办ZZYZ")
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("不能移交")).to_be_visible()
    accessible(page)
    shot(page, "handover-plan")
    page.get_by_label("接手人（姓名或用户名）").fill("新来")
    page.get_by_label("原因").fill("调往省厅")
    page.get_by_role("button", name="移交", exact=True).click()
    expect(page.get_by_text("已移交 1 项，不能移交 0 项")).to_be_visible()
    accessible(page)
    shot(page, "handover-result")
    page.get_by_role("link", name="虚构主管教育").click()
    fold(page, "停用账号")
    page.locator("#disablereason").fill("调往省厅")
    page.get_by_role("button", name="停用账号").click()
    expect(page.get_by_text("账号已停用，其任务")).to_be_visible()


def test_work_goes_on_when_somebody_leaves(enter: Enter) -> None:
    leaver = enter("zzjy_sh", WIDE)
    leaver.open(TITLE)
    leaver.page.get_by_text("更多", exact=True).last.click()
    leaver.page.get_by_role("button", name="认领").click()
    admin = enter("demo_admin", WIDE)
    newcomer(admin)
    admin.page.goto(f"{admin.address}/staff/people/zzjy_sh")
    leave(admin.page)

    applicant = enter("zzyz_jb", NARROW, color_scheme="dark")
    applicant.open_started(TITLE)
    expect(applicant.page.locator(".timeline")).to_contain_text("由虚构主管教育移交：调往省厅")
    expect(applicant.page.locator(".timeline")).to_contain_text("新来")
    shot(applicant.page, "handover-record-narrow-dark")
    leaver.page.goto(f"{leaver.address}/worklist/todo")
    expect(leaver.page.get_by_label("用户名")).to_be_visible()
