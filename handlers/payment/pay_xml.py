"""Write ``pay.xml``, the file that the treasury's system imports (``pay.xsd`` beside this)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.feel.extensions_cn import amount_in_words
from engine.xml import written

if TYPE_CHECKING:
    from engine.xml import Branch
    from handlers.payment.order import Order

_NAMESPACE: Final = "urn:demo:gp:pay:1"
_PAYER_KIND: Final = "unit_zero_balance"


def pay_xml(order: Order) -> bytes:
    """Return the batch of one approved payment.

    Raises:
        ValueError: it is not approved.
    """
    approved_at, number = order.item.approved_at, order.item.number
    if approved_at is None or number is None:
        message = f"payment {order.item.instance_key} is not approved"
        raise ValueError(message)
    moment = approved_at.astimezone(OFFICE_ZONE).replace(microsecond=0)
    header: list[Branch] = [
        ("BatchNo", {}, number),
        ("CreatedAt", {}, moment.isoformat()),
        ("FiscalYear", {}, f"{moment:%Y}"),
        ("Division", {}, order.item.division),
        ("UnitCode", {}, order.item.unit),
        ("UnitName", {}, order.unit_name),
        ("Count", {}, "1"),
        ("Total", {}, f"{order.item.amount:.2f}"),
        ("TotalUppercase", {}, in_words(order)),
    ]
    root: Branch = (
        "PaymentBatch",
        {"schemaVersion": "1.0"},
        [("Header", {}, header), ("Payment", {"seq": "1"}, _payment(order))],
    )
    return written(root, _NAMESPACE)


def in_words(order: Order) -> str:
    """Return the amount as it is written on vouchers."""
    return f"人民币{amount_in_words(order.item.amount)}"


def _payment(order: Order) -> list[Branch]:
    item = order.item
    return [
        ("PlanFilingNo", {}, str(order.project.number)),
        ("ProjectNo", {}, str(order.project.number)),
        ("ContractNo", {}, order.contract.contract_no),
        ("SupplierName", {}, order.supplier.name),
        ("SupplierUscc", {}, order.supplier.uscc),
        (
            "Payer",
            {"kind": _PAYER_KIND},
            _account(order.unit_name, item.payer_bank, item.payer_account),
        ),
        (
            "Payee",
            {"kind": item.payee_kind},
            _account(item.payee_name, item.payee_bank, item.payee_account),
        ),
        ("ContractAmount", {}, f"{order.contract.amount:.2f}"),
        ("PaidBefore", {}, f"{order.paid_before:.2f}"),
        ("Amount", {}, f"{item.amount:.2f}"),
        (
            "FundSource",
            {"name": item.fund_source, "budgetId": item.budget_no},
            f"{item.amount:.2f}",
        ),
        ("Purpose", {}, item.purpose),
    ]


def _account(name: str, bank: str, number: str) -> list[Branch]:
    return [("Name", {}, name), ("Bank", {}, bank), ("Number", {}, number)]
