"""支付申请: scenario S3-O05; accounts, amounts, what the treasury gets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from engine.catalog import check_package, read_package
from engine.clock import OFFICE_ZONE
from engine.handler import registry
from handlers.records.organisations import Account, AccountKind, open_account
from handlers.records.payments import payment_of
from tests.processes.award_notice import two_winners, works_won
from tests.processes.contract_filing import filed
from tests.processes.notice_publication import offered
from tests.processes.outside import sent
from tests.processes.payment_application import (
    FILL,
    HANDLER,
    PAYMENT,
    REVIEWER,
    approve,
    begin,
    printed,
    submitted,
    works_contract,
)
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES
from tests.support.databases import ROOT

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

MIGRANT, OWN = "6201 0000 0000 0001", "6200 0000 0000 0001"
SCHEMA = ROOT / "handlers" / "payment" / "pay.xsd"


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "payment_application"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


@pytest.mark.scenario("S3-O05")
def test_works_are_paid_to_the_account_that_is_chosen(office: Engine) -> None:
    contract = works_contract(office)

    first = submitted(office, contract, pay_migrant_account="yes")
    assert printed(first, REVIEWER)["账号"] == MIGRANT
    approve(first)
    second = submitted(office, contract, pay_migrant_account="no")
    approve(second)

    assert printed(second)["账号"] == OWN
    assert printed(second)["此前已付（元）"] == "120,000.00"
    told = sent(office, "payment.approved")
    assert [one.message_id for one in told] == [
        "PAY-410400-20260610-0001",
        "PAY-410400-20260610-0002",
    ]
    assert [one.body["payee"]["account"] for one in told] == [
        MIGRANT.replace(" ", ""),
        OWN.replace(" ", ""),
    ]
    assert [one.body["migrant_account"] for one in told] == [True, False]
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for message in told:
        batch = etree.fromstring(message.body["pay_xml"].encode())
        schema.assertValid(batch)
    assert batch.findtext(".//{*}TotalUppercase") == "人民币壹拾贰万元整"
    assert batch.findtext(".//{*}PaidBefore") == "120000.00"


@pytest.mark.scenario("S3-O05")
def test_other_contracts_ask_no_such_question(office: Engine) -> None:
    number = two_winners(office)
    contract = filed(office, number, f"{number}-01").number
    matter = begin(office)

    (choice,) = offered(office, matter, FILL, "payment.contracts")
    assert choice.fills["works"] == "否"
    crafted = {**PAYMENT, "contract": contract, "pay_migrant_account": "yes"}
    matter.complete(FILL, by=HANDLER, answers=crafted, opinion="")

    # a hidden answer is dropped, whatever the browser sends
    assert printed(matter)["账户类型"] == "供应商备案账户"


@pytest.mark.scenario("BAD-04")
def test_a_bad_payment_is_refused_at_its_field(office: Engine) -> None:
    contract = works_contract(office)
    matter = begin(office)
    good = {**PAYMENT, "contract": contract, "pay_migrant_account": "yes"}

    assert refused(matter, FILL, good | {"amount": "1900000.01"}) == [
        ("amount", "ERR_OVER_CONTRACT")
    ]
    assert refused(matter, FILL, good | {"acceptance": "no"}) == [
        ("acceptance", "ERR_NOT_ACCEPTED")
    ]
    assert refused(matter, FILL, good | {"pay_migrant_account": ""}) == [
        ("pay_migrant_account", "ERR_CHOICE_REQUIRED")
    ]
    assert refused(matter, FILL, good | {"contract": "HTBA-0"}) == [("contract", "ERR_ENUM")]
    assert refused(matter, FILL, good | {"amount": "0"})[0][0] == "amount"


@pytest.mark.scenario("BAD-04")
def test_what_is_in_progress_counts_until_it_is_ended(office: Engine) -> None:
    contract = works_contract(office)
    early = submitted(office, contract, amount="1800000", pay_migrant_account="no")
    late = begin(office)
    good = {**PAYMENT, "contract": contract, "pay_migrant_account": "no"}
    assert refused(late, FILL, good) == [("amount", "ERR_OVER_CONTRACT")]

    early.terminate(by="demo_admin", reason="发票有误")

    late.complete(FILL, by=HANDLER, answers=good, opinion="")
    assert late.waiting_at == {"internal_review"}


def test_a_prepayment_needs_its_clause_only(office: Engine) -> None:
    contract = works_contract(office, prepayment="yes")

    matter = submitted(office, contract, acceptance="no", pay_migrant_account="no")

    assert matter.waiting_at == {"internal_review"}


def test_a_supplier_without_the_account_is_paid_after_it_has_registered_one(
    office: Engine, clock: FakeClock
) -> None:
    number = works_won(office, "SU06")
    contract = filed(office, number, f"{number}-01", amount="1900000").number
    matter = begin(office)
    good = {**PAYMENT, "contract": contract, "pay_migrant_account": "yes"}
    assert refused(matter, FILL, good) == [("pay_migrant_account", "ERR_MIGRANT_ACCOUNT_MISSING")]

    with office.database.session(write=True) as session:
        account = Account(account_name="河南虚拟园林", bank="演示银行", account_number="62010006")
        open_account(session, "SU06", AccountKind.MIGRANT_WAGE, account, clock.now())
        session.commit()
    matter.complete(FILL, by=HANDLER, answers=good, opinion="")
    with office.database.session(write=True) as session:
        changed = Account(account_name="河南虚拟园林", bank="演示银行", account_number="62019999")
        open_account(session, "SU06", AccountKind.MIGRANT_WAGE, changed, clock.now())
        session.commit()
    clock.advance(timedelta(days=1))
    approve(matter)

    with office.database.session(write=False) as session:
        item = payment_of(session, int(matter.instance_key))
    assert item is not None
    assert item.payee_account == "62010006"
    assert item.number == f"PAY-410400-{clock.now().astimezone(OFFICE_ZONE):%Y%m%d}-0001"
