"""Every page, wide and narrow, light and dark: accessible, and nothing sticks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accessibility import looked_over, overflow
from tests.support.browser import NARROW, WIDE
from tests.support.pages import tour
from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.timeout(300)
def test_every_page_is_accessible_in_both_themes_at_both_widths(enter: Enter) -> None:
    pages, found = looked_over(tour(lambda login: enter(login, WIDE, reduced_motion="reduce")))

    assert pages >= 35
    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
def test_no_page_scrolls_sideways_on_a_telephone(enter: Enter) -> None:
    pages = tour(lambda login: enter(login, NARROW))

    found = {name: by for name, page in pages if (by := overflow(page))}

    assert found == {}


def test_a_work_item_is_completed_on_a_telephone(enter: Enter) -> None:
    title = filed_plan(enter("zzyz_jb", NARROW))
    reviewer = enter("zzjy_sh", NARROW, has_touch=True)

    reviewer.open(title)
    tables = reviewer.page.locator("main .table-wrap")
    cut = tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length")
    assert (tables.count() > 0, cut) == (True, 0)
    reviewer.decide(title, "同意")
