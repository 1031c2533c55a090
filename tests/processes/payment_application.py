"""Ways through an application for payment."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

from engine.model.participants import Actor
from engine.queries import ExhibitQuery
from tests.processes.award_notice import works_won
from tests.processes.contract_filing import filed
from tests.processes.interconnected import nonces
from tests.processes.outside import work_off
from tests.support.partners import PartnerProgram, envelope
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands import Answered
    from engine.runtime import Engine

FILL: Final = "fill_payment"
#: A message may be sent again; its signature is a new one each time.
_TURNS: Final = itertools.count()
HANDLER, REVIEWER, DEPARTMENT = "pdzx_jb", "pdzx_sh", "pd_zg"
PAYMENT: Final[Mapping[str, Any]] = {
    "amount": "120000",
    "acceptance": "yes",
    "purpose": "工程进度款",
    "payer_bank": "演示银行平顶山支行",
    "payer_account": "41000000000001",
    "fund_source": "一般公共预算",
    "budget_no": "PDZX-2026-011",
}


def works_contract(office: Engine, **changes: Any) -> str:
    """File SU01's contract of a works project; return its filing number."""
    number = works_won(office)
    given = {"amount": "1900000", "contract_name": "职校实训楼修缮合同", **changes}
    return filed(office, number, f"{number}-01", **given).number


def begin(office: Engine) -> ProcessDriver:
    """Begin an application with its invoice."""
    matter = ProcessDriver.start(office, "payment_application", by=HANDLER)
    matter.attach(FILL, "invoice", by=HANDLER, name="fapiao.pdf")
    return matter


def submitted(office: Engine, contract: str, **changes: Any) -> ProcessDriver:
    """Submit an application for a contract."""
    matter = begin(office)
    answers = {**PAYMENT, "contract": contract, **changes}
    matter.complete(FILL, by=HANDLER, answers=answers, opinion="")
    return matter


def approve(matter: ProcessDriver) -> None:
    """Let it be reviewed and sent; it waits for the treasury."""
    matter.complete("internal_review", "approve", by=REVIEWER)
    matter.complete("dept_review", "approve", by=DEPARTMENT)
    work_off(matter.engine)
    assert (matter.state, matter.waiting_at) == ("active", set())


def treasury_says(office: Engine, message_id: str, **said: Any) -> Answered:
    """Let the treasury send a receipt: ``payment_number`` and ``amount``, else paid."""
    data = {"result": "paid", "paid_on": "2026-06-11", "voucher": "GK-1", **said}
    turn = f"treasury {message_id} {next(_TURNS)}"
    program = PartnerProgram(office, "treasury", nonces=nonces(turn))
    return program.send(envelope(message_id, "payment.receipt", data))


def paid(office: Engine, contract: str, **changes: Any) -> ProcessDriver:
    """Apply, let it be reviewed and paid."""
    matter = submitted(office, contract, **changes)
    approve(matter)
    amount = str(changes.get("amount", PAYMENT["amount"]))
    said = {"payment_number": matter.number, "amount": amount}
    assert treasury_says(office, f"receipt/{matter.number}", **said).status == 200
    work_off(office)
    assert matter.state == "completed"
    return matter


def printed(matter: ProcessDriver, reader: str = HANDLER) -> dict[str, str]:
    """Return what the form of the application says."""
    query = ExhibitQuery(instance_key=matter.instance_key)
    shown = matter.engine.ask(query, Actor(login=reader))
    assert shown is not None
    return dict(shown.facts)
