"""Take a submitted payment with a copy of the account that is paid to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.errors import FieldError, ValidationFailedError
from engine.handler import record_handler
from handlers.payment.answers import read_payment
from handlers.payment.chosen import chosen_contract
from handlers.records.organisations import AccountKind, account_of
from handlers.records.payments import Payment, put_payment

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.payment.chosen import Chosen
    from handlers.records.organisations import Account

#: What R24 calls the account for migrants' wages.
_MIGRANTS: Final = "农民工工资专用账户"
#: Where a refusal of R24 or R25 is shown, and in which words.
_REFUSALS: Final = {
    "ERR_MIGRANT_ACCOUNT_MISSING": (
        "pay_migrant_account",
        "供应商没有登记农民工工资专用账户，请通知供应商登记后再申请。",
        "The supplier has no account for migrants' wages; have it registered first.",
    ),
    "ERR_SUPPLIER_ACCOUNT_MISSING": (
        "contract",
        "供应商没有备案账户，请通知供应商登记后再申请。",
        "The supplier has no account; have it registered first.",
    ),
    "ERR_CHOICE_REQUIRED": (
        "pay_migrant_account",
        "工程类合同请选择是否支付农民工账号。",
        "Say whether a works contract is paid to the account for migrants' wages.",
    ),
    "ERR_NOT_WORKS": (
        "pay_migrant_account",
        "不是工程类合同，不能支付到农民工账号。",
        "This is no works contract; it cannot be paid to that account.",
    ),
    "ERR_AMOUNT_NOT_POSITIVE": (
        "amount",
        "支付金额应大于 0。",
        "The amount must be above 0.",
    ),
    "ERR_NOT_ACCEPTED": (
        "acceptance",
        "合同没有预付款，请在验收之后申请支付。",
        "The contract has no prepayment; apply after the acceptance.",
    ),
    "ERR_OVER_CONTRACT": (
        "amount",
        "不能超过合同未付金额 {remaining:,.2f} 元。",
        "It exceeds the {remaining:,.2f} yuan that the contract has left.",
    ),
}


@record_handler("payment.register")
def register(
    context: RecordContext, *, payee: str, payee_error: str, amount_error: str
) -> dict[str, Any]:
    """Store the payment; writes ``migrant_account`` for readers of the matter.

    Args:
        context: of the command.
        payee: which account, by R24.
        payee_error: code of R24's refusal, empty without one.
        amount_error: the same of R25.

    Raises:
        ValidationFailedError: R24 or R25 refuse it, at the field.
    """
    chosen = chosen_contract(context)
    errors = [_refusal(code, chosen) for code in (payee_error, amount_error) if code]
    if errors:
        raise ValidationFailedError(errors)
    kind = AccountKind.MIGRANT_WAGE if payee == _MIGRANTS else AccountKind.SUPPLIER
    item = chosen.item
    account = account_of(context.session, item.supplier, kind, item.project)
    if account is None:
        raise ValidationFailedError([_refusal("ERR_SUPPLIER_ACCOUNT_MISSING", chosen)])
    put_payment(context.session, _payment(context, chosen, kind, account))
    return {"migrant_account": kind is AccountKind.MIGRANT_WAGE}


def _payment(
    context: RecordContext, chosen: Chosen, kind: AccountKind, account: Account
) -> Payment:
    matter, answers = context.matter, read_payment(context.matter)
    return Payment(
        instance_key=int(matter.instance_key),
        contract=chosen.item.instance_key,
        unit=matter.unit,
        division=matter.division,
        amount=answers.amount,
        purpose=answers.purpose,
        fund_source=answers.fund_source,
        budget_no=answers.budget_no,
        payer_bank=answers.payer_bank,
        payer_account=answers.payer_account,
        payee_kind=kind,
        payee_name=account.account_name,
        payee_bank=account.bank,
        payee_account=account.account_number,
        submitted_at=matter.now,
    )


def _refusal(code: str, chosen: Chosen) -> FieldError:
    field, zh, en = _REFUSALS[code]
    words = {"remaining": chosen.remaining}
    return FieldError(
        field=field, code=code, message_zh=zh.format(**words), message_en=en.format(**words)
    )
