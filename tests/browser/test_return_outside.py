"""退回外部单位: sent from the task page, corrected behind the link, seen by whoever returned it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from engine.commands import hash_password
from tests.browser.test_deadlines import accessible, shot
from tests.support.browser import NARROW, WIDE, context_of
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.outbox import sent
from tests.support.process_driver import TINY_PDF
from tests.support.small_office import Desk, furnish_small_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Enter
    from tests.support.browser import Watch

pytestmark = pytest.mark.browser
PASSWORD = "Outside-2026-office"


@pytest.fixture
def office_password() -> str:
    return PASSWORD


@pytest.fixture
def office_url(database_url: str, tmp_path: Path) -> str:
    """Furnish the small office with a matter that waits at the step which may be returned."""
    with engine_on(database_url, tmp_path / "var", FakeClock(OPENING)) as engine:
        furnish_small_office(engine, "corrected", keep=hash_password(PASSWORD))
        Desk.begin(engine, "corrected")
    return database_url


@pytest.fixture
def message(office_url: str, tmp_path: Path) -> Callable[[], str]:
    """Read the link out of the text message, as soon as the server has sent it."""

    def link() -> str:
        with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as engine:
            for _ in range(100):
                for one in sent(engine, "sms.send"):
                    found = re.search(r"http\S+/outside/\S+", str(one.body["text"]))
                    if found:
                        return found[0]
                time.sleep(0.1)
        raise AssertionError("no message was sent")

    return link


def return_it(page: Page) -> None:
    """Fill in the dialog."""
    page.get_by_text("更多", exact=True).last.click()
    page.locator("summary", has_text="退回外部单位").click()
    page.get_by_label("外部单位或人员").fill("华诚公司")
    page.get_by_label("手机号码").fill("13900000001")
    page.get_by_label("需补正的内容").fill("请更正报价并附报价单。")
    shot(page, "outside-dialog")
    page.get_by_role("button", name="发送链接").click()
    expect(page.get_by_text("已退回外部单位，链接以短信发送")).to_be_visible()


def correct(party: Page) -> None:
    """Fill in the slice: refused once, nothing is lost; then with the file."""
    party.locator("[name='amount']").fill("1100")
    party.get_by_role("button", name="提交补正").click()
    expect(party.locator("[name='amount']")).to_have_value("1100")
    shot(party, "outside-narrow-dark")
    party.locator("input[type=file]").set_input_files(
        {"name": "报价单.pdf", "mimeType": "application/pdf", "buffer": TINY_PDF}
    )
    party.get_by_label("补正说明").fill("已更正报价")
    party.get_by_role("button", name="提交补正").click()
    expect(party.get_by_text("您的补正已送达经办人")).to_be_visible()


def test_a_supplier_corrects_a_quote(
    enter: Enter, chromium: Browser, watch: Watch, message: Callable[[], str]
) -> None:
    office = enter("shen", WIDE)
    office.open("修缮实验楼")
    page = office.page
    return_it(page)

    window = context_of(chromium, NARROW, color_scheme="dark")
    party = window.new_page()
    watch.over(party)
    link = message()
    party.goto(link)
    expect(party.get_by_text("请华诚公司补正")).to_be_visible()
    accessible(party)
    correct(party)
    party.goto(link)
    expect(party.get_by_text("您已答复，此链接不能再次使用。")).to_be_visible()
    shot(party, "outside-used")
    window.close()

    office.open("修缮实验楼")
    expect(page.locator(".timeline")).to_contain_text("退回 华诚公司 补正")
    expect(page.locator(".timeline")).to_contain_text("已更正报价")
    accessible(page)
    shot(page, "outside-answered")
    office.say("同意。")
    office.press("办理完毕")
    office.expect_done()
