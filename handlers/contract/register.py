"""Take a submitted contract: check it and hold its lots."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from engine.errors import FieldError, ValidationFailedError
from engine.handler import record_handler
from handlers.contract.answers import CHOICE_FORM, read_contract
from handlers.notice.chosen import chosen_project
from handlers.records.contracts import (
    Contract,
    contractable_lots,
    is_number_taken,
    put_contract,
    release_ended,
)
from handlers.records.periods import working_days
from handlers.records.projects import lock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from engine.handler import RecordContext
    from handlers.contract.answers import ContractAnswers
    from handlers.records.contracts import AwardedLot

_WHOLE: Final = Decimal(100)


@record_handler("contract.register")
def register(context: RecordContext) -> dict[str, Any]:
    """Store the contract; its lots are in no other one from now on.

    Writes the inputs of R39, ``days_award_to_sign`` and ``workdays_sign_to_filing``.

    Raises:
        ValidationFailedError: lots of several winners or already in a contract, an amount above
            the awards', a number that the unit has used, days or shares that cannot be; every
            fault at its field.
    """
    session, matter = context.session, context.matter
    item = chosen_project(context, CHOICE_FORM)
    lock(session, item.key)
    release_ended(session, matter.unit, matter.now)
    answers = read_contract(matter)
    key = int(matter.instance_key)
    waiting = {lot.number: lot for lot in contractable_lots(session, item.key, key)}
    lots = [waiting[number] for number in answers.lots if number in waiting]
    errors = [*_lot_faults(answers, lots), *_day_faults(answers, lots, matter.today)]
    if is_number_taken(session, matter.unit, answers.contract_no, key):
        words = ("本单位已有这个编号的合同，请核对。", "Your unit has a contract of this number.")
        errors.append(_fault("contract_no", "ERR_DUPLICATE", words))
    if errors:
        raise ValidationFailedError(errors)
    if not put_contract(session, _contract(context, item.key, answers, lots)):
        raise ValidationFailedError([_held()])
    awarded_on = max(lot.awarded_on for lot in lots)
    return {
        "days_award_to_sign": (answers.signed_on - awarded_on).days,
        "workdays_sign_to_filing": working_days(answers.signed_on, matter.today),
    }


def _lot_faults(answers: ContractAnswers, lots: Sequence[AwardedLot]) -> Iterator[FieldError]:
    if len(lots) < len(answers.lots) or not lots:
        yield _held()
        return
    if len({lot.supplier for lot in lots}) > 1:
        words = (
            "所选标段的中标供应商不同，请分别签订、备案合同。",
            "These lots have different winners; file a contract for each.",
        )
        yield _fault("lots", "ERR_SUPPLIER_MIXED", words)
        return
    awarded = sum((lot.amount for lot in lots), Decimal(0))
    if answers.amount > awarded:
        words = (
            f"不能超过所选标段的中标金额 {awarded:,.2f} 元。",
            f"It exceeds the {awarded:,.2f} yuan of the awards.",
        )
        yield _fault("amount", "ERR_OVER_AWARD", words)


def _day_faults(
    answers: ContractAnswers, lots: Sequence[AwardedLot], today: date
) -> Iterator[FieldError]:
    if answers.signed_on > today:
        words = ("签订日期不能晚于今天。", "The contract cannot be signed in the future.")
        yield _fault("signed_on", "ERR_DATE", words)
    elif any(answers.signed_on < lot.awarded_on for lot in lots):
        words = ("签订日期不能早于中标确定日期。", "It was signed before the winner was fixed.")
        yield _fault("signed_on", "ERR_DATE", words)
    if answers.term_to < answers.term_from:
        words = ("履行期限的结束不能早于开始。", "The term ends before it begins.")
        yield _fault("term_to", "ERR_DATE", words)
    if sum((row.share for row in answers.instalments), Decimal(0)) != _WHOLE:
        words = ("各期付款比例合计应为 100%。", "The shares must add up to 100 %.")
        yield _fault("instalments", "ERR_SUM", words)


def _contract(
    context: RecordContext, project: int, answers: ContractAnswers, lots: Sequence[AwardedLot]
) -> Contract:
    matter = context.matter
    return Contract(
        instance_key=int(matter.instance_key),
        project=project,
        unit=matter.unit,
        division=matter.division,
        supplier=lots[0].supplier,
        contract_no=answers.contract_no,
        name=answers.name,
        amount=answers.amount,
        prepayment=answers.prepayment,
        signed_on=answers.signed_on,
        term_from=answers.term_from,
        term_to=answers.term_to,
        submitted_at=matter.now,
        lots=tuple(lot.key for lot in lots),
    )


def _held() -> FieldError:
    words = (
        "请选择已公告结果、还没有备案合同的标段。",
        "Choose lots of published results that are in no contract.",
    )
    return _fault("lots", "ERR_STATE", words)


def _fault(field: str, code: str, words: tuple[str, str]) -> FieldError:
    return FieldError(field=field, code=code, message_zh=words[0], message_en=words[1])
