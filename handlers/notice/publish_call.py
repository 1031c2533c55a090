"""Publish a call for tenders: version 1 of a notice, its lots announced, the project moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import ValidationFailedError
from engine.handler import BpmnError, record_handler
from handlers.notice.answers import CHOICE_FORM, DRAFT_FORM, read_call
from handlers.notice.call_text import CallText, compose_call
from handlers.notice.check_draft import required_lots
from handlers.notice.chosen import chosen_project
from handlers.notice.drafter import acting_agency
from handlers.notice.publication import publication, signature
from handlers.records.files import attached
from handlers.records.lots import LotState, ensure_own_lot, mark
from handlers.records.notices import NewNotice, NoticeKind, publish
from handlers.records.organisations import agency_of_code, supplier_of_code
from handlers.records.periods import period_of
from handlers.records.projects import Stage, advance, lock, set_agency
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import RecordContext
    from handlers.notice.answers import CallAnswers
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

#: Error code of the boundary event that leads back to the draft.
LOTS_CHANGED = "LOTS_CHANGED"


@record_handler("notice.publish_call")
def publish_call(
    context: RecordContext, *, gate: Mapping[str, Any], notice_form: Mapping[str, Any]
) -> dict[str, Any]:
    """Publish what was confirmed; writes ``publication`` for ``website.publish``.

    Raises:
        BpmnError: ``LOTS_CHANGED`` with ``lots_changed``, a sentence for the drafter: the trading
            centre changed a lot after it was drafted, or another notice took it.
        ConfigurationError: no period is in force for the type of notice.
    """
    session, matter = context.session, context.matter
    answers = read_call(matter)
    item = chosen_project(context, CHOICE_FORM)
    lock(session, item.key)
    try:
        lots = required_lots(context, item, answers, needed=bool(gate["lot_selection_required"]))
    except ValidationFailedError as error:
        words = "".join(fault.message_zh for fault in error.errors)
        raise BpmnError(LOTS_CHANGED, {"lots_changed": words}) from error
    text = _text(context, item, answers, lots, notice_form)
    announced = lots or [ensure_own_lot(session, item, matter.now)]
    new = NewNotice(
        kind=NoticeKind(notice_form["kind"]),
        project=item.key,
        unit=item.unit,
        division=item.division,
        lots=tuple(announced),
    )
    key = publish(session, new, compose_call(text), signature(matter))
    mark(session, [lot.key for lot in announced], LotState.ANNOUNCED, matter.now)
    advance(session, item.key, Stage.ANNOUNCED)
    if text.agency is not None:
        set_agency(session, item.key, text.agency.code)
    return {"publication": publication(session, key)}


def _text(
    context: RecordContext,
    item: Project,
    answers: CallAnswers,
    lots: list[Lot],
    notice_form: Mapping[str, Any],
) -> CallText:
    session, matter = context.session, context.matter
    periods = period_of(session, notice_form["notice_type"], matter.division, matter.today)
    agency = acting_agency(context, item, answers)
    return CallText(
        kind=NoticeKind(notice_form["kind"]),
        project=item,
        unit=public_body_of(session, item.unit),
        answers=answers,
        lots=lots,
        agency=agency_of_code(session, agency) if agency else None,
        supplier=supplier_of_code(session, answers.supplier) if answers.supplier else None,
        periods=periods,
        published_on=matter.today,
        last_day=periods.last_day(matter.now),
        attachments=attached(session, int(matter.instance_key), DRAFT_FORM),
    )
