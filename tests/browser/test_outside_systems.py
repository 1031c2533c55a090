"""An administrator in front of Chromium, a trading centre that is a real service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.outside.ways import numbered_plan
from tests.support.accessibility import faults
from tests.support.browser import NARROW, WIDE
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.server import Server
from tests.support.standins import Standins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser
SETTINGS: Final = {"PROCUREFLOW_PARTNERS": "simulated", "PROCUREFLOW_POLL_SECONDS": "0.1"}


@pytest.fixture
def office(office_url: str, tmp_path: Path) -> Server:
    """Give an installation whose outside systems are stand-ins; nothing is started yet."""
    return Server(office_url, tmp_path / "var", SETTINGS)


@pytest.fixture
def standins(office: Server, tmp_path: Path) -> Iterator[Standins]:
    """Start the stand-ins of the installation."""
    standins = Standins(tmp_path / "var", office.address)
    standins.start()
    office.set("PROCUREFLOW_STANDINS_PORT", str(standins.partners.standins_port))
    yield standins
    standins.kill()


@pytest.fixture
def number(office_url: str, tmp_path: Path) -> str:
    """Bring a plan to its number; the push is due."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as engine:
        return numbered_plan(engine).number


@pytest.fixture
def server(office: Server, standins: Standins, number: str) -> Iterator[Server]:
    """Start the server; the trading centre refuses what comes."""
    assert number
    standins.behave("trading_centre", "reject")
    office.start()
    yield office
    office.stop()
    assert "Traceback" not in office.log, office.log


@pytest.mark.timeout(240)
def test_a_refused_push_is_sent_again_by_the_administrator(
    enter: Enter, standins: Standins, number: str
) -> None:
    admin = enter("demo_admin")
    page = admin.page
    await_stopped(admin.page, admin.address)
    page.get_by_role("link", name="外部系统").click()
    message = page.get_by_role("listitem").filter(has_text=number)
    expect(message).to_contain_text("不符合接收条件")
    expect(message).to_contain_text("发送停止")

    message.get_by_role("button", name="放弃发送").click()
    expect(page.get_by_text("请填写原因")).to_be_visible()
    standins.behave("trading_centre", "up")
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("status")).to_contain_text("原编号")

    sent = page.get_by_role("listitem").filter(has_text=number)
    expect(sent).to_have_count(0)
    await_pushes(page, standins, 1)
    page.goto(f"{admin.address}/exchange/sent")
    expect(sent).to_contain_text("对方已接收")
    sent.get_by_text("内容").click()
    expect(sent).to_contain_text(standins.received("trading_centre")[0]["ack"])


@pytest.mark.timeout(240)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_telephone(
    enter: Enter, standins: Standins, theme: str
) -> None:
    standins.send_fault("unknown")
    admin = enter("demo_admin", WIDE, color_scheme=theme)
    await_stopped(admin.page, admin.address)
    narrow = enter("demo_admin", NARROW, color_scheme=theme).page
    found = []
    for box in ("stopped", "waiting", "sent", "received", "development"):
        admin.page.goto(f"{admin.address}/exchange/{box}")
        found += faults(admin.page)
        narrow.goto(f"{admin.address}/exchange/{box}")
        width = narrow.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, box

    assert found == []


def await_stopped(page: Page, address: str) -> None:
    """Wait until the worker has tried, as the number in the menu tells."""
    for _ in range(100):
        page.goto(f"{address}/worklist/todo")
        if page.get_by_role("link", name="外部系统").locator(".count").count():
            return
        page.wait_for_timeout(200)
    pytest.fail("nothing stopped")


def await_pushes(page: Page, standins: Standins, how_many: int) -> None:
    for _ in range(100):
        if len(standins.received("trading_centre")) == how_many:
            return
        page.wait_for_timeout(100)
    pytest.fail("nothing was pushed")
