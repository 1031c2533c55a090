"""What the treasury has paid of published contracts, as releases of the implementation.

A receipt is final, so that its release never changes; organisations are named, accounts are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.ocds.values import Json, day, moment, parties, reference, value
from handlers.records.contracts import contracts_of_project
from handlers.records.organisations import supplier_of_code
from handlers.records.treasury_receipts import TreasuryResult, receipts_of_contracts
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.ocds.course import Course
    from handlers.records.contracts import Contract
    from handlers.records.treasury_receipts import TreasuryReceipt


def add_payments(session: Session, course: Course) -> None:
    """Add a release for each payment of a published contract."""
    filed = {one.instance_key: one for one in contracts_of_project(session, course.project.key)}
    for receipt in receipts_of_contracts(session, list(filed)):
        contract = filed[receipt.contract]
        if receipt.result is TreasuryResult.PAID and contract.number in course.contracts:
            course.releases.append(_release(session, course, contract, receipt))
    course.releases.sort(key=lambda release: str(release["date"]))


def _release(
    session: Session, course: Course, contract: Contract, receipt: TreasuryReceipt
) -> Json:
    payer = public_body_of(session, contract.unit)
    payee = supplier_of_code(session, contract.supplier)
    known = [
        {"code": payer.code, "name": payer.name, "uscc": payer.uscc, "roles": ["buyer", "payer"]}
    ]
    if payee is not None:
        roles = ["supplier", "payee"]
        known.append({"code": payee.code, "name": payee.name, "uscc": payee.uscc, "roles": roles})
    transaction = {
        "id": receipt.payment_number,
        "date": day(receipt.paid_on.isoformat())
        if receipt.paid_on
        else moment(receipt.received_at),
        "value": value(receipt.amount),
        "payer": reference(known[0]),
        **({"payee": reference(known[1])} if payee is not None else {}),
    }
    number = str(contract.number)
    implementation = {"transactions": [transaction]}
    awarded = course.contracts[number]
    return {
        "ocid": course.project.ocid,
        "id": receipt.payment_number,
        "date": moment(receipt.received_at),
        "tag": ["implementation"],
        "initiationType": "tender",
        "language": "zh",
        "parties": parties(known),
        "contracts": [{"id": number, "awardID": awarded, "implementation": implementation}],
    }
