"""The bell: a number that changes by itself, lines that lead somewhere, choices that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_deadlines import accessible, office_url, shot  # noqa: F401 - a fixture
from tests.support.browser import NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def number(page: Page) -> str:
    return page.locator(".bell-count").inner_text()


def test_the_number_changes_by_itself_when_work_arrives(enter: Enter) -> None:
    reviewer, applicant = enter("zzjy_sh", WIDE), enter("zzyz_jb", WIDE)
    expect(reviewer.page.locator(".bell-count")).to_have_text("1")
    reviewer.page.goto(f"{reviewer.address}/calendar/2026")

    applicant.start("许可申请")
    applicant.page.get_by_role("button", name="提交").click()

    expect(reviewer.page.locator(".bell-count")).to_have_text("2", timeout=15_000)


def test_lines_lead_to_the_task_and_are_read(enter: Enter) -> None:
    reviewer = enter("zzjy_sh", WIDE)
    reviewer.decide("王某的许可申请", "退回", "请补充材料。")
    applicant = enter("zzyz_jb", WIDE)
    page = applicant.page
    expect(page.locator(".bell-count")).to_have_text("1")

    page.get_by_role("link", name="通知", exact=True).click()
    expect(page.get_by_text("退回给您：申请")).to_be_visible()
    accessible(page)
    shot(page, "bell-wide")
    page.get_by_role("button", name="王某的许可申请").click()

    expect(page.get_by_role("heading", name="王某的许可申请")).to_be_visible()
    expect(page.locator(".bell-count")).to_have_text("")


def test_everything_is_read_at_once_without_scripts(enter: Enter) -> None:
    person = enter("zzjy_sh", NARROW, java_script_enabled=False, color_scheme="dark")
    page = person.page
    page.goto(f"{person.address}/bell")
    expect(page.get_by_text("新的待办：审查")).to_be_visible()
    shot(page, "bell-narrow-dark")

    page.get_by_role("button", name="全部标为已读").click()

    expect(page.get_by_text("没有未读通知")).to_be_visible()


def test_choices_are_kept(enter: Enter) -> None:
    person = enter("zzjy_sh", WIDE)
    page = person.page
    page.goto(f"{person.address}/preferences")
    page.get_by_label("新的待办 站内").uncheck()
    page.locator("#notices").get_by_role("button", name="保存").click()

    expect(page.get_by_text("通知设置已保存")).to_be_visible()
    expect(page.get_by_label("新的待办 站内")).not_to_be_checked()
    assert number(page) == ""
    accessible(page)
    shot(page, "notice-choices")
