"""A works contract is paid in the browser by a real treasury, and refused: scenario S3-O05."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.payment_application import PAYMENT, works_contract
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.process_driver import TINY_PDF
from tests.support.server import Server, supervised
from tests.support.standins import SIMULATED, Standins, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser

TITLE: Final = "职校实训楼修缮合同"
MIGRANT, OWN = "6201 0000 0000 0001", "6200 0000 0000 0001"


@pytest.fixture
def contract(office_url: str, tmp_path: Path) -> str:
    """File SU01's works contract; return its filing number."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        return works_contract(office)


@pytest.fixture
def server(office_url: str, tmp_path: Path, contract: str) -> Iterator[Server]:
    """Give the product; its outside systems are stand-ins."""
    assert contract
    with supervised(Server(office_url, tmp_path / "var", SIMULATED)) as server:
        yield server


@pytest.fixture
def treasury(server: Server, tmp_path: Path) -> Iterator[Standins]:
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


def answered(treasury: Standins, number: str) -> dict[str, Any]:
    """Return the treasury's receipt with what it was told, when it was told something."""
    rows = [row for row in treasury.outgoing("treasury") if row["id"] == f"receipt/{number}"]
    return rows[0] if rows and rows[0]["status"] else {}


def apply(handler: Person, contract: str, migrant: str, invoice: Path) -> None:
    """Fill in an application and submit it."""
    handler.start("支付申请")
    handler.answer("contract", contract)
    expect(handler.page.locator("main [name='works']")).to_have_value("是")
    handler.fill_in({**PAYMENT, "pay_migrant_account": migrant})
    handler.attach("invoice", invoice)
    handler.press("提交")
    handler.expect_done()
    handler.page.get_by_role("link", name="支付申请表").click()


def pay_and_refuse(treasury: Standins, enter: Enter, paid: str, refused: str, reason: str) -> None:
    """Let the treasury pay the first order and refuse the second; bad messages change nothing."""
    bad = {"wrongly_signed": 401, "stale": 401, "unsigned": 401, "replayed": 409}
    for kind, status in bad.items():
        assert treasury.send_fault(kind, "treasury")["status"] == status, kind
    treasury.answer_payment(payment_number=paid, result="paid")
    assert until(lambda: answered(treasury, paid))["status"] == 200
    assert treasury.send_again("treasury", f"receipt/{paid}")["status"] == 200
    for login in ("pdzx_sh", "pd_zg"):
        enter(login).decide(TITLE, "同意")
    until(lambda: len(treasury.received("treasury", "payment.approved")) == 2)
    treasury.answer_payment(payment_number=refused, result="refused", reason=reason)
    assert until(lambda: answered(treasury, refused))["status"] == 200


def test_the_application_shows_the_account_really_used(
    treasury: Standins, enter: Enter, contract: str, tmp_path: Path
) -> None:
    invoice = tmp_path / "fapiao.pdf"
    invoice.write_bytes(TINY_PDF)
    handler = enter("pdzx_jb")

    apply(handler, contract, "yes", invoice)
    expect(handler.page.locator(".exhibit")).to_contain_text(MIGRANT)
    for login in ("pdzx_sh", "pd_zg"):
        enter(login).decide(TITLE, "同意")
    apply(handler, contract, "no", invoice)
    expect(handler.page.locator(".exhibit")).to_contain_text(OWN)

    (told,) = until(lambda: treasury.received("treasury", "payment.approved"))
    data = json.loads(told["data"])
    assert (told["times"], data["payee"]["account"]) == (1, MIGRANT.replace(" ", ""))
    assert "<PaymentBatch" in data["pay_xml"]

    paid, refused = data["payment_number"], data["payment_number"][:-1] + "2"
    reason = "收款账户户名与备案不符"
    pay_and_refuse(treasury, enter, paid, refused, reason)
    handler.open(TITLE)
    expect(handler.page.locator("main")).to_contain_text(f"支付 {refused} 没有支付。原因：{reason}")
    handler.press("修改后再申请")
    handler.expect_done()
    handler.page.goto(f"{handler.address}/dossiers/projects")
    handler.page.get_by_role("link", name="职校实训楼修缮").click()
    expect(handler.page.locator("main")).to_contain_text("已付 120,000.00 / 1,900,000.00 元")
    expect(handler.page.locator("main")).to_contain_text("国库退回支付")
