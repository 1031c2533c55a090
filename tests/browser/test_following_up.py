"""催办, 抄送, 挂起 and 恢复, each by the person who wants it and as the others see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_deadlines import accessible, office_url, shot  # noqa: F401 - a fixture
from tests.support.browser import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser
TITLE = "王某的许可申请"


def choose(page: Page, verb: str) -> None:
    """Open a verb's dialog in the menu."""
    page.get_by_text("更多", exact=True).last.click()
    page.locator(".verb-item summary", has_text=verb).first.click()


def read_copy(reader: Person, sender: str) -> None:
    """Find the copy, look at it, and say that it was read."""
    page = reader.page
    page.goto(f"{reader.address}/worklist/to_read")
    expect(page.get_by_text("请知悉")).to_be_visible()
    accessible(page)
    shot(page, "copies-to-read-narrow-dark")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(f"{sender} 抄送给您")).to_be_visible()
    shot(page, "copy-page-narrow-dark")
    page.get_by_label("阅读意见").fill("已了解")
    page.get_by_role("button", name="已阅").click()
    expect(page.get_by_text("没有待阅事项")).to_be_visible()


def test_a_matter_is_urged_and_read_by_others(enter: Enter) -> None:
    reader = enter("zzwj_sh", NARROW, color_scheme="dark")
    applicant, page = (someone := enter("zzyz_jb", WIDE)), someone.page
    applicant.open_started(TITLE)
    choose(page, "催办")
    page.get_by_label("对办理人说").fill("申请人在等")
    shot(page, "urge-dialog")
    page.get_by_role("button", name="确认催办").click()
    expect(page.get_by_text("已催办")).to_be_visible()

    choose(page, "抄送")
    page.get_by_label("查找人员").fill(reader.name)
    page.get_by_role("checkbox", name=reader.name).check()
    page.get_by_label("附言").fill("请知悉")
    shot(page, "circulate-dialog")
    page.get_by_role("button", name="确认抄送").click()
    expect(page.locator(".copies")).to_contain_text("待阅")
    accessible(page)
    shot(page, "copies-on-page")
    read_copy(reader, applicant.name)

    page.goto(f"{applicant.address}/worklist/sent")
    expect(page.get_by_text("1 / 1 已阅")).to_be_visible()
    accessible(page)
    shot(page, "copies-sent")
    reviewer = enter("zzjy_sh", WIDE)
    expect(reviewer.page.get_by_text("催 1")).to_be_visible()
    shot(reviewer.page, "urged-list")


def test_a_matter_rests_and_goes_on(enter: Enter) -> None:
    reviewer, admin = enter("zzjy_sh", NARROW), enter("demo_admin", WIDE)
    applicant = enter("zzyz_jb", WIDE)
    applicant.open_started(TITLE)
    page = admin.page
    page.goto(applicant.page.url)
    choose(page, "挂起")
    page.locator("#suspend-reason").fill("等待审计结论")
    page.get_by_role("button", name="确认挂起").click()
    expect(page.get_by_text("挂起了此事项")).to_be_visible()
    accessible(page)
    shot(page, "suspended-wide")

    reviewer.open(TITLE)
    expect(reviewer.page.get_by_text("事项已挂起").first).to_be_visible()
    expect(reviewer.page.get_by_role("button", name="准予")).to_have_count(0)
    shot(reviewer.page, "suspended-task-narrow")
    choose(page, "恢复")
    page.locator("#resume-reason").fill("审计已结束")
    page.get_by_role("button", name="确认恢复").click()
    expect(page.get_by_text("已恢复")).to_be_visible()

    reviewer.decide(TITLE, "准予")


def test_several_tasks_are_agreed_to_at_once(enter: Enter) -> None:
    applicant, reviewer = enter("zzyz_jb", NARROW), enter("zzjy_sh", WIDE)
    applicant.start("许可申请")
    applicant.press("提交")
    applicant.expect_done()
    page = reviewer.page
    page.goto(f"{reviewer.address}/worklist/todo?process=permit")
    ticks = page.get_by_role("checkbox", name=TITLE)
    expect(ticks).to_have_count(2)
    accessible(page)
    shot(page, "batch-list")
    for place in (0, 1):
        ticks.nth(place).check()
    page.get_by_label("批量办理意见").fill("材料齐全，同意。")
    page.get_by_role("button", name="批量同意勾选的事项").click()

    expect(page.get_by_text("办理完成 2 项，未办理 0 项")).to_be_visible()
    accessible(page)
    shot(page, "batch-results")
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_role("checkbox", name=TITLE)).to_have_count(0)
