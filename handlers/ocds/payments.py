"""Approved payments of published contracts, as releases of the implementation; names only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.ocds.values import Json, moment, parties, reference, value
from handlers.records.contracts import contracts_of_project
from handlers.records.organisations import supplier_of_code
from handlers.records.payments import approved_payments
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.ocds.course import Course
    from handlers.records.contracts import Contract
    from handlers.records.payments import Payment


def add_payments(session: Session, course: Course) -> None:
    """Add a release for each payment of a published contract."""
    filed = {one.instance_key: one for one in contracts_of_project(session, course.project.key)}
    for payment in approved_payments(session, list(filed)):
        contract = filed[payment.contract]
        if contract.number in course.contracts:
            course.releases.append(_release(session, course, contract, payment))
    course.releases.sort(key=lambda release: str(release["date"]))


def _release(session: Session, course: Course, contract: Contract, payment: Payment) -> Json:
    payer = public_body_of(session, payment.unit)
    payee = supplier_of_code(session, contract.supplier)
    known = [
        {"code": payer.code, "name": payer.name, "uscc": payer.uscc, "roles": ["buyer", "payer"]}
    ]
    if payee is not None:
        roles = ["supplier", "payee"]
        known.append({"code": payee.code, "name": payee.name, "uscc": payee.uscc, "roles": roles})
    at = payment.approved_at or payment.submitted_at
    transaction = {
        "id": payment.number,
        "date": moment(at),
        "value": value(payment.amount),
        "payer": reference(known[0]),
        **({"payee": reference(known[1])} if payee is not None else {}),
    }
    number = str(contract.number)
    return {
        "ocid": course.project.ocid,
        "id": str(payment.number),
        "date": moment(at),
        "tag": ["implementation"],
        "initiationType": "tender",
        "language": "zh",
        "parties": parties(known),
        "contracts": [
            {
                "id": number,
                "awardID": course.contracts[number],
                "implementation": {"transactions": [transaction]},
            }
        ],
    }
