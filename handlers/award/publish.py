"""Publish the result of a procurement: the notice, the awards, what becomes of the lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.handler import record_handler
from handlers.award.answers import CHOICE_FORM, RESULT_FORM, read_result
from handlers.award.check import decided_lots
from handlers.award.notice_text import ResultText, compose_result
from handlers.notice.chosen import chosen_project
from handlers.notice.publication import publication, signature
from handlers.records.awards import NewAward, record_award
from handlers.records.files import attached
from handlers.records.lots import LotState, mark
from handlers.records.notices import NewNotice, NoticeKind, publish, release_lots
from handlers.records.organisations import suppliers
from handlers.records.periods import period_of
from handlers.records.projects import Stage, advance, lock
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.handler import RecordContext
    from handlers.award.answers import LotResult, ResultAnswers
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

    Decided = tuple[LotResult, Lot]

_NOTICE_TYPE: Final = "中标（成交）结果公告"


@record_handler("award.publish")
def publish_result(context: RecordContext) -> dict[str, Any]:
    """Publish what was confirmed; writes ``publication`` for ``website.publish``.

    A failed lot may be announced again; a won one waits for its contract.

    Raises:
        ValidationFailedError: a lot got its result meanwhile.
        ConfigurationError: no period is in force for result notices.
    """
    session, matter = context.session, context.matter
    item = chosen_project(context, CHOICE_FORM)
    lock(session, item.key)
    answers = read_result(matter)
    decided = decided_lots(context, answers)
    new = NewNotice(
        kind=NoticeKind.AWARD,
        project=item.key,
        unit=item.unit,
        division=item.division,
        lots=tuple(lot for _result, lot in decided),
    )
    text = compose_result(_text(context, item, answers, decided))
    key = publish(session, new, text, signature(matter))
    _decide(context, item, decided, answers, key)
    return {"publication": publication(session, key)}


def _decide(
    context: RecordContext,
    item: Project,
    decided: Sequence[Decided],
    answers: ResultAnswers,
    notice: int,
) -> None:
    session, now = context.session, context.matter.now
    won = [(result, lot) for result, lot in decided if result.is_won]
    for result, lot in won:
        if result.amount is not None:
            award = NewAward(
                project=item.key,
                lot=lot.key,
                supplier=result.supplier,
                amount=result.amount,
                notice=notice,
                awarded_on=answers.awarded_on,
            )
            record_award(session, award, now)
    if won:
        mark(session, [lot.key for _result, lot in won], LotState.AWARDED, now)
        advance(session, item.key, Stage.AWARDED)
    failed = [lot.key for result, lot in decided if not result.is_won]
    if failed:
        mark(session, failed, LotState.FAILED, now)
        release_lots(session, failed, now)


def _text(
    context: RecordContext, item: Project, answers: ResultAnswers, decided: Sequence[Decided]
) -> ResultText:
    session, matter = context.session, context.matter
    periods = period_of(session, _NOTICE_TYPE, matter.division, matter.today)
    return ResultText(
        project=item,
        unit=public_body_of(session, item.unit),
        answers=answers,
        decided=decided,
        suppliers={one.code: one for one in suppliers(session)},
        published_on=matter.today,
        last_day=periods.last_day(matter.now),
        attachments=attached(session, int(matter.instance_key), RESULT_FORM),
    )
