"""A person without a mouse can do the work of a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_a_day_is_worked_with_the_keyboard_alone(enter: Enter) -> None:
    for plan in ("PL025", "PL028"):
        filed_plan(enter("zzyz_jb"), plan)
    page = enter("zzjy_sh").page

    look_over_the_list(page)
    first = open_first(page)
    look_around(page, first)
    decide(page)

    expect(page.locator("[data-done]")).to_contain_text(first)
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(r"/worklist/todo"))
    page.wait_for_load_state()
    open_first(page)
    decide(page)
    expect(page.get_by_role("heading", name="已办理")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("2")
    expect(page.locator("a.row-title")).to_have_count(2)


def look_over_the_list(page: Page) -> None:
    """See both lines and go to the filters and to what the list shows."""
    page.keyboard.press("1")
    expect(page.locator("a.row-title")).to_have_count(2)
    page.keyboard.press("f")
    expect(page.locator("[data-first-filter]")).to_be_focused()
    page.keyboard.press("v")
    expect(page.get_by_label("排序")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def open_first(page: Page) -> str:
    """Open the first line of the list; return the matter's title."""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".crumbs [data-go=list]")).to_be_visible()
    page.wait_for_load_state()
    return page.get_by_role("heading", level=1).inner_text()


def look_around(page: Page, first: str) -> None:
    """Turn to the next one and back; see why, the diagram and further actions."""
    heading = page.get_by_role("heading", level=1)
    page.keyboard.press("]")
    expect(heading).not_to_have_text(first)
    page.wait_for_load_state()
    page.keyboard.press("[")
    expect(heading).to_have_text(first)
    page.wait_for_load_state()
    page.keyboard.press("y")
    expect(page.locator("#why")).to_have_attribute("open", "")
    page.keyboard.press("d")
    expect(page.get_by_role("tab", name="流程图")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("p")
    page.keyboard.press("m")
    expect(page.locator(".verbs [data-more]")).to_have_attribute("open", "")
    page.keyboard.press("Escape")


def decide(page: Page) -> None:
    """Write an opinion and agree."""
    page.keyboard.press("o")
    expect(page.locator("#opinion")).to_be_focused()
    page.keyboard.type("同意。")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="同意", exact=True)).to_be_focused()
    page.keyboard.press("Enter")


def test_every_key_on_the_sheet_leads_somewhere(enter: Enter) -> None:
    filed_plan(enter("zzyz_jb"))
    page = enter("zzjy_sh").page

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="键盘操作")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    targets = page.locator("#shortcuts [data-at]").evaluate_all(
        "all => all.map(one => one.dataset.at).filter(at => at)"
    )
    absent = [at for at in targets if not page.locator(at).count()]
    with page.expect_navigation():
        page.locator("a.row-title").first.click()
    missing = [at for at in absent if not page.locator(at).count()]
    # what stands there only when there is something to do with it
    assert set(missing) <= {
        *('[data-go="filter"]', ".clear-all", "#why-this-date"),
        *('main [data-go="previous"]', 'main [data-go="next"]'),
        ".form-fields :is(input, select)",
    }
