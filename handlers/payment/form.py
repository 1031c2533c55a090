"""支付申请表: what is paid to which account, for everybody who may read the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.exhibit import Exhibit, Words, exhibit
from handlers.contract.open_draft import grouped
from handlers.payment.order import order_of
from handlers.payment.pay_xml import in_words, pay_xml
from handlers.records.organisations import AccountKind
from handlers.records.treasury_receipts import TreasuryResult

if TYPE_CHECKING:
    from engine.exhibit import ExhibitContext
    from handlers.payment.order import Order

_TITLE: Final = Words("支付申请表", "Application for payment")
_KINDS: Final = {
    AccountKind.SUPPLIER: "供应商备案账户",
    AccountKind.MIGRANT_WAGE: "农民工工资专用账户",
}


@exhibit("payment_application")
def application_form(context: ExhibitContext) -> Exhibit | None:
    """Return the form with the account really used, and ``pay.xml`` once it is approved."""
    order = order_of(context.session, int(context.matter.instance_key))
    if order is None:
        return None
    number = order.item.number
    files = {f"{number}.xml": pay_xml(order)} if number else {}
    return Exhibit(title=_TITLE, facts=_facts(order), files=files)


def _facts(order: Order) -> list[tuple[Words, str]]:
    item, kind = order.item, _KINDS[AccountKind(order.item.payee_kind)]
    return [
        (Words("支付编号", "Payment no."), item.number or "审批后生成"),
        (Words("合同", "Contract"), f"{order.contract.contract_no} {order.contract.name}"),
        (Words("收款人", "Payee"), item.payee_name),
        (Words("账户类型", "Kind of account"), kind),
        (Words("开户银行", "Bank"), item.payee_bank),
        (Words("账号", "Account"), grouped(item.payee_account)),
        (Words("付款账户", "Paid from"), f"{item.payer_bank} {grouped(item.payer_account)}"),
        (Words("金额（元）", "Amount (yuan)"), f"{item.amount:,.2f}"),
        (Words("大写", "In words"), in_words(order)),
        (Words("此前已付（元）", "Paid before (yuan)"), f"{order.paid_before:,.2f}"),
        (Words("资金来源", "Funds"), f"{item.fund_source}（{item.budget_no}）"),
        (Words("用途", "Purpose"), item.purpose),
        *_result(order),
    ]


def _result(order: Order) -> list[tuple[Words, str]]:
    """Say what the treasury has answered so far."""
    facts = []
    if order.item.treasury_ack:
        facts.append((Words("国库回执", "Acknowledged as"), order.item.treasury_ack))
    receipt = order.receipt
    if receipt is None:
        return facts
    if receipt.result is TreasuryResult.PAID:
        said = f"已于 {receipt.paid_on} 支付"
        said += f"，凭证号 {receipt.voucher}" if receipt.voucher else ""
    else:
        word = "国库退回" if receipt.result is TreasuryResult.REFUSED else "未送达国库"
        said = f"{word}（{receipt.payment_number}）：{receipt.reason}"
    return [*facts, (Words("支付结果", "Result"), said)]
