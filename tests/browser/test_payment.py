"""A works contract is paid in the browser, to a real treasury: scenario S3-O05."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Final

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
    from collections.abc import Iterator
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

    end = time.monotonic() + 30
    while not (received := treasury.received("treasury", "payment.approved")):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)
    (told,) = received
    data = json.loads(told["data"])
    assert (told["times"], data["payee"]["account"]) == (1, MIGRANT.replace(" ", ""))
    assert "<PaymentBatch" in data["pay_xml"]
