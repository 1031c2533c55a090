"""A person without a mouse can do the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_a_work_item_is_completed_with_the_keyboard_alone(enter: Enter) -> None:
    title = filed_plan(enter("zzyz_jb"))
    reviewer = enter("zzjy_sh")
    keyboard = reviewer.page.keyboard

    keyboard.press("j")
    expect(reviewer.page.get_by_role("link", name=title, exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(reviewer.page.get_by_role("heading", level=1)).to_have_text(title)
    keyboard.press("o")
    expect(reviewer.page.locator("#opinion")).to_be_focused()
    keyboard.type("同意。")
    tab_to(reviewer.page, "同意")
    keyboard.press("Enter")

    reviewer.expect_done()


def test_the_skip_link_comes_first_and_the_sheet_of_keys_opens(enter: Enter) -> None:
    page = enter("zzyz_jb").page

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="键盘操作")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="键盘操作")).to_be_hidden()


def tab_to(page: Page, button: str, limit: int = 30) -> None:
    """Press Tab until the button with this text has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == button:
            return
    pytest.fail(f"{limit} times Tab did not lead to {button}")
