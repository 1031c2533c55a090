"""An agency is entrusted, drafts the call for tenders and gives it back to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.agency_entrustment import ENTRUSTMENT
from tests.processes.interconnected import filed_plan
from tests.processes.notice_publication import CALL
from tests.support.accessibility import faults
from tests.support.browser import NARROW
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.process_driver import TINY_PDF
from tests.support.server import Server, supervised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser

TITLE: Final = "职校实训楼修缮"


@pytest.fixture
def number(office_url: str, tmp_path: Path) -> str:
    """File the plan of a works project before the server starts."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        return filed_plan(office, "PL057")


@pytest.fixture
def server(office_url: str, tmp_path: Path, number: str) -> Iterator[Server]:
    """Start the product when the plan is filed."""
    assert number
    with supervised(Server(office_url, tmp_path / "var")) as server:
        server.start()
        yield server


def looks_through_on_a_telephone(agency: Person) -> None:
    """Open what the agency acts in; the bar holds the firm's long name."""
    page = agency.page
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.goto(f"{agency.address}/dossiers/entrusted_projects")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("main")).to_contain_text(str(CALL["title"]))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert faults(page) == []


@pytest.mark.scenario("OWN-01")
def test_an_agency_drafts_what_its_purchaser_publishes(
    enter: Enter, number: str, tmp_path: Path
) -> None:
    agreement = tmp_path / "xieyi.pdf"
    agreement.write_bytes(TINY_PDF)
    handler, agency = enter("pdzx_jb"), enter("ag11")
    assert agency.titles() == []
    handler.start("委托代理机构")
    handler.fill_in({"project": number, **ENTRUSTMENT})
    handler.attach("agreement", agreement)
    handler.press("提交")
    handler.expect_done()
    agency.open(TITLE)
    agency.press("接受")
    agency.expect_done()

    handler.start("采购公告发布")
    handler.answer("project", number)
    handler.page.get_by_label("由受托的代理机构起草").check()
    handler.press("提交")
    handler.expect_done()
    assert handler.titles() == []
    agency.open(TITLE)
    agency.fill_in({key: value for key, value in CALL.items() if value})
    agency.press("提交")
    agency.expect_done()
    assert agency.titles() == []

    handler.open(str(CALL["title"]))
    expect(handler.page.locator("main")).to_contain_text("台式计算机 260 台")
    handler.press("发布")
    handler.expect_done()
    handler.open_started(str(CALL["title"]))
    expect(handler.page.locator("main")).to_contain_text("平顶山虚构招标代理有限公司")
    looks_through_on_a_telephone(agency)
