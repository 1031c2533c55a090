"""The facts by which R24 and R25 judge a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.payment.answers import read_payment
from handlers.payment.chosen import chosen_contract
from handlers.records.organisations import AccountKind, account_of
from handlers.records.payments import lock_contract

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("payment.derive_facts")
def derive_facts(context: RecordContext) -> dict[str, Any]:
    """Write the inputs of R24 and R25; payments of the contract follow each other from here on.

    Raises:
        ValidationFailedError: no such contract of the unit.
    """
    session = context.session
    lock_contract(session, chosen_contract(context).item.instance_key)
    answers, chosen = read_payment(context.matter), chosen_contract(context)
    item = chosen.item
    on_file = {
        kind: account_of(session, item.supplier, kind, item.project) is not None
        for kind in AccountKind
    }
    return {
        "is_works": chosen.is_works,
        "pay_migrant_account": answers.pay_migrant_account,
        "migrant_account_on_file": on_file[AccountKind.MIGRANT_WAGE],
        "supplier_account_on_file": on_file[AccountKind.SUPPLIER],
        "acceptance_done": answers.is_accepted,
        "prepayment_clause": item.prepayment,
        "remaining_minus_request": chosen.remaining - answers.amount,
        "request_positive": answers.amount > 0,
    }
