"""The contract that is paid, what it has left, and whether it is one of works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import field_error
from engine.handler import Option, lookup
from handlers.contract.open_draft import WORKS
from handlers.payment.answers import read_payment
from handlers.records.contracts import contract_of_number, contracts_of_unit
from handlers.records.organisations import suppliers
from handlers.records.payments import applied
from handlers.records.projects import project_of_key, projects_of_unit

if TYPE_CHECKING:
    from decimal import Decimal

    from engine.handler import RecordContext
    from handlers.records.contracts import Contract


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A filed contract.

    Attributes:
        item: the contract.
        remaining: amount minus everything paid or in progress, without this matter, yuan.
        is_works: its project is of class B.
    """

    item: Contract
    remaining: Decimal
    is_works: bool


@lookup("payment.contracts")
def contracts(context: RecordContext) -> list[Option]:
    """Offer the unit's filed contracts that are not paid whole, newest first."""
    session, matter = context.session, context.matter
    filed = contracts_of_unit(session, matter.unit)
    sums = applied(session, [item.instance_key for item in filed], int(matter.instance_key))
    names = {one.code: one.name for one in suppliers(session)}
    classes = {one.key: one.category_class for one in projects_of_unit(session, matter.unit)}
    found = []
    for item in filed:
        remaining = item.amount - sums[item.instance_key]
        if remaining > 0:
            works = classes.get(item.project) == WORKS
            found.append(_option(item, names.get(item.supplier, ""), remaining, works))
    return found


def _option(item: Contract, supplier: str, remaining: Decimal, works: bool) -> Option:
    return Option(
        value=str(item.number),
        label=item.name,
        hint=f"{item.number} · {supplier} · 未付 ¥{remaining:,.2f}",
        fills={
            "contract_name": item.name,
            "supplier_name": supplier,
            "contract_amount": f"{item.amount:,.2f}",
            "remaining": f"{remaining:,.2f}",
            "works": "是" if works else "否",
        },
    )


def chosen_contract(context: RecordContext) -> Chosen:
    """Return the contract that was chosen.

    Raises:
        ValidationFailedError: there is none of that number, or it is another unit's.
    """
    session, matter = context.session, context.matter
    item = contract_of_number(session, read_payment(matter).contract)
    if item is None or item.unit != matter.unit:
        raise field_error(
            "contract",
            "ERR_ENUM",
            "请选择本单位已备案的合同。",
            "Choose a filed contract of your own unit.",
        )
    project = project_of_key(session, item.project)
    sums = applied(session, [item.instance_key], int(matter.instance_key))
    return Chosen(
        item=item,
        remaining=item.amount - sums[item.instance_key],
        is_works=project is not None and project.category_class == WORKS,
    )
