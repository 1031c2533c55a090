"""Take a submitted filing, send it back, number it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import FieldError, ValidationFailedError
from engine.handler import record_handler
from handlers.award_change.answers import read_filing
from handlers.records import award_changes
from handlers.records.award_changes import AwardChange, FilingState, latest_change
from handlers.records.awards import award_of_lot
from handlers.records.contracts import contractable_lots
from handlers.records.lots import lots_of_numbers
from handlers.records.numbers import next_number
from handlers.records.projects import lock, project_of_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.handler import RecordContext
    from handlers.award_change.answers import FilingAnswers
    from handlers.records.awards import Award
    from handlers.records.lots import Lot


@record_handler("award_change.register")
def register(context: RecordContext) -> dict[str, Any]:
    """Store the filing; writes ``project_number`` and ``lot_name``.

    Raises:
        ValidationFailedError: no published result of the unit, a contract already, another open
            filing of the project, nothing changed, or an amount above the lot's; at the field.
    """
    session, matter = context.session, context.matter
    answers = read_filing(matter)
    found = lots_of_numbers(session, [answers.lot])
    item = project_of_key(session, found[0].project) if found else None
    if item is None or item.unit != matter.unit:
        raise ValidationFailedError([_no_result()])
    lock(session, item.key)
    key = int(matter.instance_key)
    award_changes.release_ended(session, item.key, matter.now)
    held = {lot.key for lot in contractable_lots(session, item.key, key)}
    award = award_of_lot(session, found[0].key)
    if award is None or found[0].key not in held:
        raise ValidationFailedError([_no_result()])
    errors = list(_faults(context, answers, award, found[0]))
    if errors:
        raise ValidationFailedError(errors)
    award_changes.put_change(
        session,
        AwardChange(
            instance_key=key,
            project=item.key,
            award=award.key,
            unit=matter.unit,
            new_supplier=answers.new_supplier,
            new_amount=answers.new_amount,
            basis=answers.basis,
            reason=answers.reason,
            submitted_at=matter.now,
        ),
    )
    return {"project_number": item.number, "lot_name": found[0].name}


def _faults(
    context: RecordContext, answers: FilingAnswers, award: Award, lot: Lot
) -> Iterator[FieldError]:
    other = latest_change(context.session, award.project)
    is_other = other is not None and other.instance_key != int(context.matter.instance_key)
    if is_other and other is not None and other.state is not FilingState.USED:
        words = (
            "该项目已有一份中标结果变更备案，请先办完并发布变更公告。",
            "The project has an open filing; finish it and publish its notice first.",
        )
        yield _fault("lot", "ERR_DUPLICATE", words)
    if (answers.new_supplier, answers.new_amount) == (award.supplier, award.amount):
        words = (
            "供应商和金额都没有变化，请填写变更后的内容。",
            "Neither supplier nor amount differs; give what has changed.",
        )
        yield _fault("new_supplier", "ERR_UNCHANGED", words)
    if answers.new_amount > lot.amount:
        words = (
            f"不能超过标段预算 {lot.amount:,.2f} 元。",
            f"It exceeds the lot's {lot.amount:,.2f} yuan.",
        )
        yield _fault("new_amount", "ERR_OVER_BUDGET", words)


@record_handler("award_change.mark_returned")
def mark_returned(context: RecordContext) -> None:
    """Say that the filing went back; nothing can be published by it meanwhile (R26)."""
    matter = context.matter
    award_changes.mark_returned(context.session, int(matter.instance_key), matter.now)


@record_handler("award_change.file")
def file(context: RecordContext) -> dict[str, str]:
    """Number the approved filing; writes ``filing_number``.

    Raises:
        ConfigurationError: no number rule for the division.
    """
    session, matter = context.session, context.matter
    number = next_number(session, "award_change", matter.division, matter.today.year)
    award_changes.file_change(session, int(matter.instance_key), number, matter.now)
    return {"filing_number": number}


def _no_result() -> FieldError:
    words = (
        "请选择本单位已发布结果公告、还没有合同的标段。",
        "Choose a lot of your unit whose result is published and that is in no contract.",
    )
    return _fault("lot", "ERR_STATE", words)


def _fault(field: str, code: str, words: tuple[str, str]) -> FieldError:
    return FieldError(field=field, code=code, message_zh=words[0], message_en=words[1])
