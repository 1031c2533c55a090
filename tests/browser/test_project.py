"""A project's last year in one day: contract, changed award, payment, and who looks at it all."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.award_change import CHANGE, NOTICE
from tests.processes.award_notice import two_winners
from tests.processes.contract_filing import CONTRACT
from tests.support.browser import NARROW
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.process_driver import TINY_PDF
from tests.support.server import Server, supervised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
PROJECT: Final = "职校实训电脑"


@pytest.fixture
def number(office_url: str, tmp_path: Path) -> str:
    """Publish the results of two lots; return the project's number."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        return two_winners(office)


@pytest.fixture
def server(office_url: str, tmp_path: Path, number: str) -> Iterator[Server]:
    """Give the product; messages to outside systems are kept in the development outbox."""
    assert number
    with supervised(Server(office_url, tmp_path / "var")) as server:
        server.start()
        yield server


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Give a stamped page."""
    file = tmp_path / "gaizhang.pdf"
    file.write_bytes(TINY_PDF)
    return file


def file_contract(handler: Person, number: str, paper: Path) -> None:
    """File the contract about the first lot; the second one stays."""
    handler.start("合同公告及备案")
    handler.answer("project", number)
    handler.press("提交")
    handler.expect_done()
    handler.open(handler.titles()[0])
    assert handler.choices("lots") == [f"{number}-01", f"{number}-02"]
    handler.page.locator(f"main input[name='lots'][value='{number}-01']").check()
    handler.settle()
    handler.fill_in({**CONTRACT, "instalments": [{"condition": "验收合格后", "share": "100"}]})
    handler.attach("signed_file", paper)
    handler.press("提交")
    handler.expect_done()


def change_award(handler: Person, number: str, paper: Path, enter: Enter) -> None:
    """Have the change of the second lot filed, and announce it."""
    handler.start("中标结果变更备案")
    handler.answer("lot", f"{number}-02")
    handler.fill_in(CHANGE)
    handler.attach("statement", paper)
    handler.press("提交")
    handler.expect_done()
    for login in ("pdzx_sh", "pdjg_cs", "pdjg_fh"):
        enter(login).decide(PROJECT, "同意")
    handler.start("中标变更公告")
    handler.answer("project", number)
    handler.press("提交")
    handler.expect_done()
    handler.open(PROJECT)
    handler.fill_in(NOTICE)
    handler.press("办理完毕")
    handler.expect_done()
    handler.open(PROJECT)
    handler.press("发布")
    handler.expect_done()


def look(page: Page) -> list[str]:
    """Return what axe finds on a page, and how far it sticks out."""
    violations = Axe().run(page, options=RULES).response["violations"]
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        found.append("wider than the window")
    return found


@pytest.mark.timeout(240)
def test_a_contract_and_a_changed_award_end_on_the_page_of_the_project(
    enter: Enter, number: str, paper: Path
) -> None:
    handler = enter("pdzx_jb")
    file_contract(handler, number, paper)
    enter("pdzx_sh").decide(str(CONTRACT["contract_name"]), "同意")
    change_award(handler, number, paper, enter)
    page = handler.page

    page.get_by_role("link", name="采购项目").click()
    page.get_by_role("link", name="合同已备案 1").click()
    page.get_by_placeholder("金额从").fill("1000000")
    page.get_by_role("button", name="查找").click()
    assert look(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert [cell.value for cell in sheet[2]][:2] == [PROJECT, number]

    page.get_by_role("link", name=PROJECT).click()
    events = page.locator(".event-list h3").all_inner_texts()
    assert events[-4:] == ["合同备案", "合同公告", "中标结果变更备案", "中标变更公告"]
    expect(page.get_by_role("listitem").filter(has_text="合同备案").first).to_contain_text("相隔")
    assert look(page) == []
    page.locator(".event-list a").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(PROJECT)

    regulator = enter("pdjg_cs", NARROW, color_scheme="dark").page
    regulator.get_by_role("link", name="更多").click()
    regulator.get_by_role("link", name="项目监督").click()
    assert look(regulator) == []
    regulator.get_by_role("link", name=PROJECT).click()
    expect(regulator.locator("main")).to_contain_text("每次查看都会记录")
    assert regulator.locator(".event-list h3").all_inner_texts() == events
    assert look(regulator) == []
