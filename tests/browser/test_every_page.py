"""Every page, wide and narrow, light and dark: accessible, and nothing sticks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.browser import NARROW, WIDE
from tests.support.pages import tour
from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser
#: What WCAG 2.1 asks for at levels A and AA.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(enter: Enter, theme: str) -> None:
    found = []

    for name, page in tour(lambda login: enter(login, WIDE, color_scheme=theme)):
        for rule in Axe().run(page, options=RULES).response["violations"]:
            places = [node["html"][:150] for node in rule["nodes"]]
            found.append(f"{name}: {rule['id']}: {places}")

    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_scrolls_sideways(enter: Enter, size: tuple[int, int]) -> None:
    too_wide = {}
    pages = 0

    for name, page in tour(lambda login: enter(login, size)):
        pages += 1
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            too_wide[name] = overflow

    assert pages >= 12
    assert too_wide == {}


def test_a_work_item_is_completed_on_a_telephone(enter: Enter) -> None:
    title = filed_plan(enter("zzyz_jb", NARROW))
    reviewer = enter("zzjy_sh", NARROW, has_touch=True)

    reviewer.decide(title, "同意")
