"""Every page, wide and narrow, light and dark: accessible, and nothing sticks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accessibility import faults
from tests.support.browser import NARROW, WIDE
from tests.support.pages import tour
from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.timeout(300)
def test_every_page_is_accessible_in_both_themes_and_fits_desk_and_telephone(enter: Enter) -> None:
    found = []
    pages = 0

    for name, page in tour(lambda login: enter(login, WIDE, reduced_motion="reduce")):
        pages += 1
        page.emulate_media(color_scheme="light")
        found += [f"{name}, light: {fault}" for fault in faults(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{name}, dark: {fault}" for fault in faults(page, colours_only=True)]
        for width, height in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{name}, {width} px, is wider by {by}" for by in overflow(page)]

    assert pages >= 12
    assert not found, "\n".join(found)


def overflow(page: Page) -> list[int]:
    """Return by how many pixels a page is wider than its window, if it is."""
    by = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [by] if by > 0 else []


def test_a_work_item_is_completed_on_a_telephone(enter: Enter) -> None:
    title = filed_plan(enter("zzyz_jb", NARROW))
    reviewer = enter("zzjy_sh", NARROW, has_touch=True)

    reviewer.decide(title, "同意")
