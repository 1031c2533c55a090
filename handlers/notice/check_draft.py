"""Check the draft of a call: lots as they are now, days as the law says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from engine.errors import FieldError, ValidationFailedError
from engine.handler import record_handler
from handlers.notice.answers import CHOICE_FORM, read_call
from handlers.notice.chosen import chosen_project
from handlers.notice.drafter import acting_agency, refuse_former_drafter
from handlers.notice.lots import chosen_lots, short_number
from handlers.records.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from engine.handler import Matter, RecordContext
    from handlers.notice.answers import CallAnswers
    from handlers.records.lots import Lot
    from handlers.records.periods import NoticePeriod
    from handlers.records.projects import Project


@record_handler("notice.check_draft")
def check_draft(
    context: RecordContext,
    *,
    gate: Mapping[str, Any],
    notice_form: Mapping[str, Any],
    drafting_agency: str | None = None,
) -> dict[str, Any]:
    """Write ``draft``, what is shown before the publication.

    ``gate`` is the answer of R28, ``notice_form`` says which kind of notice the method takes,
    ``drafting_agency`` which agency was asked to draft.

    Raises:
        ValidationFailedError: no lot although R28 asks for one, a lot that changed, a day that is
            too early, a ceiling above the budget, another agency than the entrusted one; every
            fault at its field.
        ConfigurationError: no period is in force for the type of notice.
    """
    matter = context.matter
    answers = read_call(matter)
    item = chosen_project(context, CHOICE_FORM)
    refuse_former_drafter(context, item, drafting_agency)
    acting_agency(context, item, answers)
    lots = required_lots(context, item, answers, needed=bool(gate["lot_selection_required"]))
    periods = period_of(context.session, notice_form["notice_type"], matter.division, matter.today)
    budget = sum((lot.amount for lot in lots), Decimal(0)) or item.amount
    errors = [*_wrong_days(answers, periods, matter), *_wrong_ceiling(answers, budget)]
    if errors:
        raise ValidationFailedError(errors)
    return {
        "draft": _shown(item, answers, lots, periods.last_day(matter.now)),
        "lots_changed": None,
    }


def required_lots(
    context: RecordContext, item: Project, answers: CallAnswers, *, needed: bool
) -> list[Lot]:
    """Return the chosen lots as they are now; none for a project that is not interconnected.

    Raises:
        ValidationFailedError: none is chosen, or one cannot be announced as it was shown.
    """
    if not needed:
        return []
    if not answers.lots:
        raise ValidationFailedError(
            [
                FieldError(
                    field="lots",
                    code="ERR_LOT_REQUIRED",
                    message_zh="请先选择要公告的标段。",
                    message_en="Choose the lots to be announced first.",
                )
            ]
        )
    return chosen_lots(context, item, answers.lots)


def _wrong_days(
    answers: CallAnswers, periods: NoticePeriod, matter: Matter
) -> Iterator[FieldError]:
    first, last = answers.documents_from, answers.documents_to
    if first and last and last < first:
        yield _day_error(
            "documents_to",
            "获取采购文件的结束日期不能早于开始日期。",
            "Documents cannot end before they begin.",
        )
    if answers.deadline is None:
        return
    ends = answers.deadline.astimezone(OFFICE_ZONE).date()
    earliest = periods.earliest_deadline(matter.now)
    if earliest is not None and ends < earliest:
        yield _day_error(
            "deadline",
            f"截止时间不得早于 {earliest.isoformat()}（自公告发布之日起不少于"
            f" {periods.offer_period} 个{periods.offer_unit}，{periods.source}）。",
            f"Offers may not end before {earliest.isoformat()} ({periods.offer_period}"
            f" {periods.offer_unit} from the publication, {periods.source}).",
        )
    if last and ends < last:
        yield _day_error(
            "deadline",
            "截止时间不能早于获取采购文件的结束日期。",
            "Offers cannot end before the documents do.",
        )


def _wrong_ceiling(answers: CallAnswers, budget: Decimal) -> Iterator[FieldError]:
    if answers.ceiling is not None and answers.ceiling > budget:
        yield FieldError(
            field="ceiling",
            code="ERR_OVER_BUDGET",
            message_zh=f"最高限价不能超过预算金额 {budget:,.2f} 元。",
            message_en=f"The ceiling may not exceed the budget of {budget:,.2f} yuan.",
        )


def _day_error(field: str, message_zh: str, message_en: str) -> FieldError:
    return FieldError(field=field, code="ERR_DATE", message_zh=message_zh, message_en=message_en)


def _shown(
    item: Project, answers: CallAnswers, lots: Sequence[Lot], last_day: date | None
) -> dict[str, Any]:
    deadline = answers.deadline
    local = deadline.astimezone(OFFICE_ZONE) if deadline else None
    return {
        "title": answers.title,
        "lots": [
            {"number": short_number(lot, item), "name": lot.name, "amount": f"{lot.amount:,.2f}"}
            for lot in lots
        ],
        "total": f"{sum((lot.amount for lot in lots), Decimal(0)) or item.amount:,.2f}",
        "last_day": last_day.isoformat() if last_day else "",
        "deadline": f"{local:%Y-%m-%d %H:%M}" if local else "",
    }
