"""Check the results: every lot once, announced, within its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from engine.errors import FieldError, ValidationFailedError
from engine.handler import record_handler
from handlers.award.answers import CHOICE_FORM, read_result
from handlers.notice.chosen import chosen_project
from handlers.notice.lots import short_number
from handlers.records.lots import announced_lots
from handlers.records.notices import notices_of_project
from handlers.records.notices.kinds import Family
from handlers.records.organisations import suppliers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from engine.handler import RecordContext
    from handlers.award.answers import LotResult, ResultAnswers
    from handlers.records.lots import Lot


@record_handler("award.check")
def check(context: RecordContext) -> dict[str, Any]:
    """Write ``draft``, what is shown before the publication.

    Raises:
        ValidationFailedError: a lot twice, unknown or decided already, an amount above the lot's
            (87号令 art. 63: such an offer is void), a day in the future or before the call; at the
            field.
    """
    answers = read_result(context.matter)
    decided = decided_lots(context, answers)
    item = chosen_project(context, CHOICE_FORM)
    names = {one.code: one.name for one in suppliers(context.session)}
    rows = [
        {
            "number": short_number(lot, item),
            "name": lot.name,
            "winner": names.get(result.supplier, result.supplier) if result.is_won else "流标",
            "amount": f"{result.amount:,.2f}" if result.amount is not None else "",
        }
        for result, lot in decided
    ]
    return {"draft": {"title": answers.title, "rows": rows}}


def decided_lots(context: RecordContext, answers: ResultAnswers) -> list[tuple[LotResult, Lot]]:
    """Return every result with its lot as it is now.

    Raises:
        ValidationFailedError: with every fault.
    """
    item = chosen_project(context, CHOICE_FORM)
    waiting = {lot.number: lot for lot in announced_lots(context.session, item.key)}
    errors = list(_faults(answers, waiting))
    errors.extend(_wrong_day(context, answers.awarded_on, item.key))
    if errors:
        raise ValidationFailedError(errors)
    return [(result, waiting[result.lot]) for result in answers.results]


def _faults(answers: ResultAnswers, waiting: Mapping[str, Lot]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for place, result in enumerate(answers.results):
        lot = waiting.get(result.lot)
        if lot is None:
            words = ("该标段没有公告或已有结果。", "This lot is not announced or is decided.")
            yield _fault(f"results.{place}.lot", "ERR_STATE", words)
        elif result.lot in seen:
            words = ("同一标段只能填写一次。", "A lot can be decided once.")
            yield _fault(f"results.{place}.lot", "ERR_DUPLICATE", words)
        elif result.amount is not None and result.amount > lot.amount:
            words = (
                f"不能超过标段预算 {lot.amount:,.2f} 元。",
                f"It exceeds the lot's {lot.amount:,.2f} yuan.",
            )
            yield _fault(f"results.{place}.amount", "ERR_OVER_BUDGET", words)
        seen.add(result.lot)


def _wrong_day(context: RecordContext, awarded_on: date, project: int) -> Iterator[FieldError]:
    """Yield the fault of a day that has not come, or on which nobody could have offered yet."""
    if awarded_on > context.matter.today:
        yield _fault("awarded_on", "ERR_DATE", ("不能晚于今天。", "It lies in the future."))
        return
    began = min(
        one.first_published_at.astimezone(OFFICE_ZONE).date()
        for one in notices_of_project(context.session, project)
        if one.kind.family is Family.CALL
    )
    if awarded_on < began:
        words = (
            f"不能早于采购公告发布的日期 {began.isoformat()}，请核对年月日。",
            f"The call was published on {began.isoformat()}; check the date.",
        )
        yield _fault("awarded_on", "ERR_DATE", words)


def _fault(field: str, code: str, words: tuple[str, str]) -> FieldError:
    return FieldError(field=field, code=code, message_zh=words[0], message_en=words[1])
