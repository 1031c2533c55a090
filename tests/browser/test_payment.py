"""A works contract is filed, paid and refused in the browser, by a real treasury: S3-O05."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from tests.processes.award_notice import published, won, works_won
from tests.processes.contract_filing import CONTRACT, filed
from tests.processes.interconnected import filed_plan
from tests.processes.notice_publication import announced
from tests.processes.payment_application import PAYMENT
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
def prepared(office_url: str, tmp_path: Path) -> tuple[str, str]:
    """Let SU01 win works; file a contract of services. Return project and contract number."""
    with engine_on(office_url, tmp_path / "var", FakeClock(OPENING)) as office:
        services = filed_plan(office, "PL059")
        announced(office, services)
        published(office, services, won(f"{services}-01", "SU03", "490000"))
        contract = filed(office, services, f"{services}-01", contract_no="F-1", amount="490000")
        return works_won(office), contract.number


@pytest.fixture
def server(office_url: str, tmp_path: Path, prepared: tuple[str, str]) -> Iterator[Server]:
    """Give the product; its outside systems are stand-ins."""
    assert prepared
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


def file_contract(handler: Person, reviewer: Person, number: str, signed: Path) -> str:
    """File the contract of a works project; return its number."""
    handler.start("合同公告及备案")
    handler.answer("project", number)
    handler.press("提交")
    handler.expect_done()
    handler.open("合同公告及备案")
    account = handler.page.get_by_role("table").filter(has_text=MIGRANT)
    expect(account).to_be_visible()
    expect(account.locator("input, select, textarea")).to_have_count(0)
    handler.page.locator("main input[name='lots']").check()
    handler.settle()
    whole = {"instalments": [{"condition": "验收合格后", "share": "100"}]}
    handler.fill_in({**CONTRACT, "contract_name": TITLE, "amount": "1900000", **whole})
    handler.attach("signed_file", signed)
    handler.press("提交")
    handler.expect_done()
    reviewer.decide(TITLE, "同意")
    return handler.number_of(TITLE)


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


@pytest.mark.scenario("S3-O05")
def test_the_application_shows_the_account_really_used(
    treasury: Standins, enter: Enter, prepared: tuple[str, str], tmp_path: Path
) -> None:
    project, services = prepared
    invoice = tmp_path / "fapiao.pdf"
    invoice.write_bytes(TINY_PDF)
    handler, reviewer = enter("pdzx_jb"), enter("pdzx_sh")
    contract = file_contract(handler, reviewer, project, invoice)

    apply(handler, contract, "yes", invoice)
    expect(handler.page.locator(".exhibit")).to_contain_text(MIGRANT)
    for person in (reviewer, enter("pd_zg")):
        person.decide(TITLE, "同意")
    apply(handler, contract, "no", invoice)
    expect(handler.page.locator(".exhibit")).to_contain_text(OWN)
    handler.start("支付申请")
    handler.answer("contract", services)
    expect(handler.page.locator("main [name='works']")).to_have_value("否")
    expect(handler.page.locator("main [name='pay_migrant_account']")).to_have_count(0)

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
