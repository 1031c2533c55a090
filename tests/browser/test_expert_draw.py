"""The expert draw in the browser with a real trading centre: scenario S4-O03."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from engine.clock import OFFICE_ZONE, FakeClock, SystemClock
from engine.commands import FireDueTimer
from engine.runtime import Engine
from engine.settings import Settings
from engine.worker import Worker
from tests.processes.expert_draw import APPLICATION
from tests.processes.interconnected import project
from tests.processes.notice_publication import with_lots
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.server import Server, supervised
from tests.support.standins import SIMULATED, OfficeClock, Standins, connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser

TITLE: Final = "职校实训电脑"


@pytest.fixture
def chosen(office_url: str, tmp_path: Path) -> tuple[str, str]:
    """File a plan and push its lots; return the project's key and its first lot."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        number = with_lots(office)
        return str(project(office, number).key), f"{number}-01"


@pytest.fixture
def server(office_url: str, tmp_path: Path, chosen: tuple[str, str]) -> Iterator[Server]:
    """Give the product; its outside systems are stand-ins."""
    assert chosen
    with supervised(Server(office_url, tmp_path / "var", SIMULATED)) as server:
        yield server


@pytest.fixture
def centre(server: Server, tmp_path: Path) -> Iterator[Standins]:
    """Start the trading centre and the product, which know each other."""
    with connected(server, tmp_path / "var") as standins:
        yield standins


def at(moment: datetime, url: str, centre: Standins) -> None:
    """Do what is due at ``moment``: what the installation's worker does when it has come."""
    clock = OfficeClock()
    clock.advance(moment - clock.now())
    settings = Settings(data_dir=centre.data_dir, database_url=url, partners=centre.partners)
    engine = Engine(settings, clock=clock)
    while engine.execute(FireDueTimer()):
        pass
    Worker(engine, threads=1).run_due()
    engine.close()


def apply(handler: Person, project_key: str, lot: str, review: datetime) -> None:
    """Fill in the application for one lot and submit it."""
    handler.start("专家抽取申请")
    handler.answer("project", project_key)
    expect(handler.page.locator("main [name='project_name']")).to_have_value(TITLE)
    handler.page.locator(f"main input[name='lots'][value='{lot}']").check()
    handler.settle()
    first, second = APPLICATION["needs"]
    given = {key: value for key, value in APPLICATION.items() if value and key != "needs"}
    handler.fill_in(given | {"review_at": f"{review:%Y-%m-%dT%H:%M}", "needs": [first]})
    handler.page.locator("main button[name='_add'][value='needs']").click()
    handler.settle()
    handler.fill_in({"needs": [{}, second]})
    handler.press("提交")
    handler.expect_done()


@pytest.mark.scenario("S4-O03")
def test_the_names_are_the_drawers_until_the_review_time_and_pushed_then(
    centre: Standins, enter: Enter, chosen: tuple[str, str], office_url: str
) -> None:
    later = SystemClock().now().astimezone(OFFICE_ZONE) + timedelta(days=2)
    review = later.replace(second=0, microsecond=0)
    handler, regulator = enter("pdzx_jb"), enter("pdjg_cs")
    apply(handler, *chosen, review)

    regulator.open(TITLE)
    regulator.answer("drawer_secret", "监管随机数 7391")
    regulator.press("抽取")
    regulator.expect_done()
    handler.open_started(TITLE)
    regulator.page.goto(handler.page.url)
    regulator.page.get_by_role("button", name="查看（记入流转记录）").click()

    expect(regulator.page.locator(".exhibit tbody tr")).to_have_count(5)
    expect(handler.page.locator(".exhibit")).to_contain_text("只有抽取人可以查看")
    assert "虚构专家" not in handler.page.content()
    at(review - timedelta(seconds=1), office_url, centre)
    assert centre.received("trading_centre", "experts.drawn") == []
    at(review, office_url, centre)
    at(review + timedelta(days=1), office_url, centre)
    (pushed,) = centre.received("trading_centre", "experts.drawn")
    assert pushed["times"] == 1
    assert len(json.loads(pushed["data"])["experts"]) == 5
