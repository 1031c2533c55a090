"""Pingdingshan in the browser with a real trading centre: scenarios S4-O01 and S4-O02."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.interconnected import filed_plan as file_by_program
from tests.processes.notice_publication import CALL
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.people import answers_of
from tests.support.plan_filing import PLAN_FILING, file_plan
from tests.support.server import Server, supervised
from tests.support.standins import SIMULATED, Standins, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person


pytestmark = pytest.mark.browser

NOTICE: Final = "采购公告发布"
NUMBER: Final = "平财计备-2026-00001"
WAIT: Final = "请等待交易中心推送标段"
REVIEWERS: Final = ("pdzx_sh", "pd_zg", "pd_ywcs", "pd_ywfh")
LOTS: Final = (
    {"number": "01", "name": "实训电脑", "amount": "800000.00"},
    {"number": "02", "name": "网络设备", "amount": "474000.00"},
)


@pytest.fixture
def filed(office_url: str, tmp_path: Path) -> None:
    """File the plan before the server starts."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        assert file_by_program(office) == NUMBER


@pytest.fixture
def server(request: pytest.FixtureRequest, office_url: str, tmp_path: Path) -> Iterator[Server]:
    """Give the product, which will find the outside systems on a port of their own."""
    if "filed" in request.fixturenames:
        request.getfixturevalue("filed")
    with supervised(Server(office_url, tmp_path / "var", SIMULATED)) as server:
        yield server


@pytest.fixture
def centre(server: Server, tmp_path: Path) -> Iterator[Standins]:
    """Start the outside systems and the product, which know each other."""
    with connected(server, tmp_path / "var") as standins:
        yield standins


def until(question: Callable[[], Any]) -> Any:
    """Ask until there is an answer, at most 30 seconds."""
    end = time.monotonic() + 30
    while not (answer := question()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)
    return answer


def filed_plan(enter: Enter) -> str:
    """File PL055 with a platform and return its number."""
    plan = answers_of("PL055")
    handler = enter("pdzx_jb")
    handler.start(PLAN_FILING)
    assert handler.choices("platform") == ["ggzy410400"]
    file_plan(handler, plan)
    for login in REVIEWERS:
        enter(login).decide(plan["plan_name"], "同意")
    return handler.number_of(plan["plan_name"])


def hint_of(person: Person, number: str) -> str:
    """Return what stands beside a project where it is chosen."""
    person.start(NOTICE)
    choice = person.page.locator("main label", has=person.page.locator(f"input[value='{number}']"))
    option = person.page.locator(f"main select[name='project'] option[value='{number}']")
    return (choice if choice.count() else option).first.inner_text()


def said(row: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a message that a stand-in has got."""
    data: dict[str, Any] = json.loads(row["data"])
    return data


@pytest.mark.scenario("S4-O01")
def test_a_filed_plan_is_pushed_to_the_trading_centre_once(centre: Standins, enter: Enter) -> None:
    number = filed_plan(enter)

    (pushed,) = until(lambda: centre.received("trading_centre", "plan.filed"))

    assert number == NUMBER
    assert (pushed["id"], pushed["times"]) == (NUMBER, 1)
    assert said(pushed)["amount"] == "1274000.00"
    assert said(pushed)["purchaser"]["uscc"] == "12410400MA0000170C"


@pytest.mark.scenario("S4-O02")
@pytest.mark.usefixtures("filed")
def test_lots_are_awaited_chosen_and_announced(centre: Standins, enter: Enter) -> None:
    handler = enter("pdzx_jb")
    assert WAIT in hint_of(handler, NUMBER)
    handler.answer("project", NUMBER)
    handler.press("提交")
    expect(handler.page.locator("main")).to_contain_text(f"{WAIT}，收到标段后才能起草公告。")

    centre.push_lots(plan_number=NUMBER, lots=list(LOTS))
    until(lambda: centre.outgoing()[0]["times"])
    assert centre.outgoing()[0]["status"] == 200, centre.outgoing()

    assert "起草公告（2 个标段）" in hint_of(handler, NUMBER)
    handler.answer("project", NUMBER)
    handler.press("提交")
    handler.expect_done()
    handler.open("职校实训电脑")
    for box in handler.page.locator("main input[name='lots']").all():
        box.check()
    handler.settle()
    handler.fill_in({key: value for key, value in CALL.items() if value})
    handler.press("提交")
    handler.expect_done()
    handler.open(str(CALL["title"]))
    expect(handler.page.locator("main")).to_contain_text("474,000.00")
    handler.press("发布")
    handler.expect_done()

    (published,) = until(lambda: centre.received("website", "notice.published"))
    assert published["times"] == 1
    lots = said(published)["content"]["facts"]["lots"]
    assert [lot["number"] for lot in lots] == [f"{NUMBER}-01", f"{NUMBER}-02"]
