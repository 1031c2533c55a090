"""The public site in the browser: found, read, subscribed to, printed, corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.award_notice import announced_project
from tests.processes.notice_correction import CORRECTION
from tests.processes.notice_publication import CALL
from tests.support.browser import NARROW, context_of
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.server import Server, supervised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Enter
    from tests.support.browser import Person, Watch

pytestmark = pytest.mark.browser
TITLE: Final = CALL["title"]


@pytest.fixture
def server(office_url: str, tmp_path: Path) -> Iterator[Server]:
    """Give the product with a published call."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        announced_project(office)
    with supervised(Server(office_url, tmp_path / "var")) as server:
        server.start()
        yield server


@pytest.fixture
def reader(chromium: Browser, server: Server, watch: Watch) -> Iterator[Page]:
    """Give somebody at a telephone who has no account."""
    context = context_of(chromium, NARROW)
    page = context.new_page()
    watch.over(page)
    page.goto(f"{server.address}/notices/")
    yield page
    assert context.cookies() == []
    context.close()


def find(reader: Page) -> None:
    """Search for the call from the first page and open it."""
    reader.get_by_role("link", name="首页").click()
    reader.get_by_label("关键词").fill("实训电脑 招标")
    reader.get_by_label("行政区划").select_option("410400")
    reader.get_by_role("button", name="查询").click()
    reader.get_by_label("公告类别").last.select_option("calls")
    reader.get_by_role("button", name="查询").click()
    expect(reader.get_by_role("status")).to_have_text("共 1 条")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()


def go_on(handler: Person, outcome: str) -> None:
    """Press a button and open the next step of the matter."""
    handler.press(outcome)
    with handler.page.expect_navigation():
        handler.page.get_by_role("link", name="继续办理").click()


def test_a_call_is_found_read_printed_and_corrected(enter: Enter, reader: Page) -> None:
    find(reader)
    expect(reader.locator("article")).to_contain_text("2026年07月02日")
    cells = reader.locator(".notice tbody tr").first.locator("td").all()
    assert len({cell.evaluate("cell => cell.getBoundingClientRect().x") for cell in cells}) == 1
    expect(cells[-1]).to_have_attribute("data-label", "预算金额（元）")
    permanent = reader.locator(".proof a").inner_text()

    handler = enter("pdzx_jb")
    handler.start("更正公告")
    handler.answer("notice", handler.choices("notice")[0])
    go_on(handler, "提交")
    handler.fill_in({**CORRECTION, "deadline": "2026-06-15T09:00"})
    assert handler.press_and_see("提交").status == 422
    handler.answer("deadline", CORRECTION["deadline"])
    go_on(handler, "提交")
    handler.press("发布")
    handler.expect_done()

    reader.goto(permanent)
    reader.get_by_role("link", name="查看现行的第 2 版").click()
    expect(reader.locator("article")).to_contain_text("2026年07月10日")
    expect(reader.get_by_role("link", name=CORRECTION["title"]).first).to_be_visible()
    reader.emulate_media(media="print")
    expect(reader.locator("header.site-head")).to_be_hidden()
    expect(reader.locator(".proof")).to_contain_text(re.compile(r"/notices/\d+/2"))
    reader.emulate_media(media="screen")
    feed = reader.request.get(
        reader.locator("link[type='application/rss+xml']").first.evaluate("link => link.href")
    )
    assert CORRECTION["title"] in feed.text()
    reader.get_by_role("link", name="English").click()
    expect(reader.get_by_role("heading", name="Open data")).to_be_visible()
