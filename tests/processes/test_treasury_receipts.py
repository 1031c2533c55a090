"""What the treasury answers: paid, refused, late, twice, wrong; when a project is settled."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.commands import GiveUpSending
from engine.model.participants import Actor
from engine.partners import Partners, Unconfigured
from engine.queries import AuditTrail, ExchangeQuery
from engine.queries.views.exchange import ExchangeBox
from engine.runtime import Engine
from handlers.records.contracts import contract_of_number
from handlers.records.projects import Stage, project_of_key
from tests.processes.award_notice import two_winners
from tests.processes.contract_filing import filed
from tests.processes.interconnected import project
from tests.processes.notice_publication import offered
from tests.processes.outside import sent, work_off
from tests.processes.payment_application import (
    DEPARTMENT,
    FILL,
    HANDLER,
    PAYMENT,
    REVIEWER,
    approve,
    begin,
    paid,
    printed,
    submitted,
    treasury_says,
    works_contract,
)

ADMIN: Final = Actor(login="demo_admin")


def stage(office: Engine, number: str) -> Stage:
    """Return how far a project has come."""
    return project(office, number).stage


def held(office: Engine) -> list[str]:
    """Return why messages wait for the administrator, newest first."""
    page = office.ask(ExchangeQuery(box=ExchangeBox.STOPPED), ADMIN)
    return [one.reason for one in page.incoming]


def number_of(office: Engine, contract: str) -> str:
    """Return the number of a contract's project."""
    with office.database.session(write=False) as session:
        item = contract_of_number(session, contract)
        owner = project_of_key(session, item.project) if item else None
    assert owner is not None
    assert owner.number is not None
    return owner.number


def stop_sending(office: Engine) -> None:
    """Let what is due fail for good: the treasury has no address."""
    settings = replace(office.settings, partners=Partners(unconfigured=Unconfigured.REFUSED))
    work_off(Engine(settings, clock=office.clock, database=office.database))


def test_a_project_is_settled_with_the_last_payment_of_its_last_contract(office: Engine) -> None:
    number = two_winners(office)
    first = filed(office, number, f"{number}-01").number

    paid(office, first, amount="488000")
    assert stage(office, number) is Stage.CONTRACTED
    paid(office, first, amount="300000")
    assert stage(office, number) is Stage.CONTRACTED  # lot 02 has no contract yet

    second = filed(
        office, number, f"{number}-02", amount="470000", contract_no="PDZX-HT-2026-02"
    ).number
    matter = paid(office, second, amount="470000")

    assert stage(office, number) is Stage.SETTLED
    assert printed(matter)["支付结果"] == "已于 2026-06-11 支付，凭证号 GK-1"


def test_a_refusal_is_a_task_of_the_payer_and_frees_the_amount(office: Engine) -> None:
    contract = works_contract(office)
    matter = submitted(office, contract, amount="1900000", pay_migrant_account="no")
    approve(matter)
    first = matter.number
    said = {"payment_number": first, "amount": "1900000.00"}
    reason = "收款账户与户名不符"

    answer = treasury_says(office, "r-1", **said, result="refused", reason=reason)
    work_off(office)

    assert (answer.status, answer.body["result"]["result"]) == (200, "refused")
    assert matter.waiting_at == {"handle_refusal"}
    assert matter.people_at("handle_refusal") == {HANDLER}
    assert printed(matter)["支付结果"] == f"国库退回（{first}）：{reason}"
    (choice,) = offered(office, begin(office), FILL, "payment.contracts")
    assert choice.fills["remaining"] == "1,900,000.00"

    matter.complete("handle_refusal", "revise", by=HANDLER, opinion="")
    answers = {**PAYMENT, "contract": contract, "amount": "900000", "pay_migrant_account": "no"}
    matter.complete(FILL, by=HANDLER, answers=answers, opinion="")
    approve(matter)
    assert matter.number != first
    assert [one.message_id for one in sent(office, "payment.approved")] == [first, matter.number]
    assert printed(matter)["此前已付（元）"] == "0.00"
    said = {"payment_number": matter.number, "amount": "900000"}
    treasury_says(office, "r-2", **said, result="refused", reason=reason)
    work_off(office)

    matter.complete("handle_refusal", "give_up", by=HANDLER, opinion="")
    assert (matter.state, "payment_given_up" in matter.passed) == ("completed", True)
    (choice,) = offered(office, begin(office), FILL, "payment.contracts")
    assert choice.fills["remaining"] == "1,900,000.00"


def test_a_receipt_counts_once_whenever_it_comes_and_a_wrong_one_changes_nothing(
    office: Engine,
) -> None:
    contract = works_contract(office)
    matter = submitted(office, contract, amount="1900000", pay_migrant_account="no")
    matter.complete("internal_review", "approve", by=REVIEWER)
    matter.complete("dept_review", "approve", by=DEPARTMENT)
    said = {"payment_number": matter.number, "amount": "1900000"}
    number = number_of(office, contract)

    wrong = treasury_says(office, "w-1", **{**said, "amount": "1900000.01"})
    assert (wrong.status, wrong.body["errors"][0]["field"]) == (422, "amount")
    undated = treasury_says(office, "w-2", **said, paid_on=None)
    assert (undated.status, undated.body["errors"][0]["field"]) == (422, "paid_on")
    unreasoned = treasury_says(office, "w-3", **said, result="refused")
    assert (unreasoned.status, unreasoned.body["errors"][0]["field"]) == (422, "reason")
    unknown = treasury_says(office, "w-4", **{**said, "payment_number": "PAY-0"})
    assert (unknown.status, unknown.body["status"]) == (202, "held")
    assert stage(office, number) is Stage.CONTRACTED

    # it is faster than the acknowledgement of the order, which a worker has not even sent
    assert treasury_says(office, "r-1", **said).status == 200
    assert stage(office, number) is Stage.SETTLED
    assert matter.state == "active"
    assert treasury_says(office, "r-1", **said).status == 200
    assert treasury_says(office, "r-2", **said).status == 200
    other = treasury_says(office, "r-3", **said, result="refused", reason="余额不足")
    assert (other.status, other.body["status"]) == (202, "held")
    work_off(office)

    assert matter.state == "completed"
    assert [event for event in matter.passed if event == "result_known"] == ["result_known"]
    assert "handle_refusal" not in matter.passed
    assert ["此前登记为已支付" in held(office)[0], "PAY-0" in held(office)[1]] == [True, True]
    trail = office.ask(AuditTrail(instance_key=matter.instance_key), Actor(login=HANDLER))
    assert [row.action for row in trail].count("message_taken") == 2


def test_what_an_administrator_gives_up_to_send_comes_back_to_the_payer(office: Engine) -> None:
    contract = works_contract(office)
    matter = submitted(office, contract, pay_migrant_account="no")
    matter.complete("internal_review", "approve", by=REVIEWER)
    matter.complete("dept_review", "approve", by=DEPARTMENT)
    stop_sending(office)

    page = office.ask(ExchangeQuery(box=ExchangeBox.STOPPED), ADMIN)
    (stopped,) = [one for one in page.outgoing if one.message_id == matter.number]
    office.execute(GiveUpSending(job_key=stopped.key, reason="国库系统停用"), ADMIN)

    assert matter.waiting_at == {"handle_refusal"}
    assert printed(matter)["支付结果"].startswith(f"未送达国库（{matter.number}）")
    late = treasury_says(office, "r-9", payment_number=matter.number, amount="120000")
    assert (late.status, late.body["status"]) == (202, "held")
