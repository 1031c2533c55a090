"""Why this date, the clock stopped and resumed, a calendar published: as people see it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from engine.catalog import build_package
from engine.clock import FakeClock
from engine.commands import DeployPackage
from tests.support.accessibility import faults
from tests.support.browser import NARROW, WIDE
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.permit import permit_files
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser
#: Where pictures are kept for people to look at; nowhere by default.
SHOTS = os.environ.get("PROCUREFLOW_SHOTS", "")


@pytest.fixture
def office_url(office_url: str, tmp_path: Path) -> str:
    """Add a procedure with a due date, and a matter that waits at it."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as engine:
        properties = {"batch": "agree", "clock.stops": "补正、听证", "remind": "P2WD, P1WD"}
        files = permit_files("P5WD", properties)
        engine.execute(DeployPackage(package=build_package("permit", files)))
        matter = ProcessDriver.start(engine, "permit", by="zzyz_jb")
        matter.complete("ask", by="zzyz_jb")
    return office_url


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def accessible(page: Page) -> None:
    assert faults(page) == []


def opened(person: Person) -> Page:
    """Open the permit from the list."""
    page = person.page
    person.open("王某的许可申请")
    expect(page.locator("#why-this-date")).to_be_visible()
    return page


def test_every_day_of_a_due_date_is_explained(enter: Enter) -> None:
    page = opened(enter("zzjy_sh", WIDE))

    page.locator("#why-this-date summary").click()

    days = page.locator(".clock-days tbody tr")
    expect(days.first).to_contain_text("到达当日，不计入")
    expect(page.locator(".clock-days")).to_contain_text("2026-06-13 周六 – 2026-06-14 周日")
    expect(days.last).to_contain_text("2026-06-17")
    expect(page.locator("#why-this-date")).to_contain_text("国办发明电〔2025〕7号")
    accessible(page)
    shot(page, "why-wide")


def test_the_same_without_scripts_and_on_a_telephone(enter: Enter) -> None:
    page = opened(enter("zzjy_sh", NARROW, java_script_enabled=False, color_scheme="dark"))

    page.locator("#why-this-date summary").click()

    expect(page.locator(".clock-days tbody tr")).to_have_count(7)
    shot(page, "why-narrow-dark")


def test_the_clock_is_stopped_and_resumed(enter: Enter) -> None:
    page = opened(enter("zzjy_sh", WIDE))
    page.get_by_text("更多", exact=True).last.click()
    page.locator("summary", has_text="停止计时").click()
    shot(page, "stop-dialog")
    page.get_by_role("button", name="确认停止计时").click()
    expect(page.get_by_text("请填写文书文号").first).to_be_visible()

    page.get_by_label("文书文号").fill("补正〔2026〕3号")
    page.get_by_role("button", name="确认停止计时").click()

    expect(page.locator(".matter-title").get_by_text("停止计时")).to_be_visible()
    page.get_by_text("更多", exact=True).last.click()
    page.locator("summary", has_text="恢复计时").click()
    page.get_by_label("文书文号").fill("收件〔2026〕8号")
    page.get_by_role("button", name="确认恢复计时").click()
    expect(page.get_by_text("已恢复计时，新的办理期限是 2026-06-17 18:00")).to_be_visible()
    page.locator("#why-this-date summary").click()
    expect(page.locator("#why-this-date")).to_contain_text("补正〔2026〕3号")
    shot(page, "stopped")


def test_a_calendar_is_entered_checked_and_published(enter: Enter) -> None:
    person = enter("demo_admin", WIDE)
    page = person.page
    page.goto(f"{person.address}/calendar/2027")
    expect(page.get_by_text("2027 年日历尚未发布")).to_be_visible()
    page.get_by_role("link", name="编制新版本").click()
    page.get_by_label("依据的文号").fill("国办发明电〔2026〕9号")
    row = page.locator(".festival-lines tbody tr").first
    row.locator("[name=line_first]").fill("2027-01-01")
    row.locator("[name=line_last]").fill("2027-01-03")
    spring = page.locator(".festival-lines tbody tr").nth(1)
    spring.locator("[name=line_first]").fill("2027-02-05")
    spring.locator("[name=line_last]").fill("2027-02-11")
    spring.locator("[name=line_worked]").fill("1-31 2-20")

    page.get_by_role("button", name="填入年历").last.click()
    expect(page.get_by_label("2027-02-08 周一")).to_be_checked()
    expect(page.get_by_label("2027-01-31 周日")).not_to_be_checked()
    accessible(page)
    shot(page, "calendar-edit")
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("与现行日历的差别")).to_be_visible()
    page.get_by_role("button", name="发布").click()

    expect(page.get_by_text("已发布 2027 年日历第 1 版")).to_be_visible()
    expect(page.get_by_text("国办发明电〔2026〕9号")).to_be_visible()
    accessible(page)
    shot(page, "calendar-2027")
    page.goto(f"{person.address}/calendar/2027/edit")
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("请填写依据的文号").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_reads_the_calendar(enter: Enter, theme: str) -> None:
    person = enter("zzjy_sh", NARROW, color_scheme=theme)
    page = person.page

    page.goto(f"{person.address}/calendar/2026")

    expect(page.get_by_role("link", name="编制新版本")).to_have_count(0)
    expect(page.get_by_text("国办发明电〔2025〕7号")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    accessible(page)
    shot(page, f"calendar-{theme}")
    page.goto(f"{person.address}/calendar/2026/edit")
    expect(page.get_by_role("heading", name="没有权限")).to_be_visible()
