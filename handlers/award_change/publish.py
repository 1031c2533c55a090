"""The change notice: gated by its filing (R26), published, the award replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.handler import record_handler
from handlers.award_change.answers import CHOICE_FORM, NOTICE_FORM, read_notice
from handlers.award_change.notice_text import ChangeText, compose_change
from handlers.notice.chosen import chosen_project
from handlers.notice.gate import not_now
from handlers.notice.publication import publication, signature
from handlers.records.award_changes import FilingState, latest_change, use_change
from handlers.records.awards import NewAward, active_awards, record_award
from handlers.records.files import attached
from handlers.records.lots import lots_of
from handlers.records.notices import NewNotice, NoticeKind, publish
from handlers.records.organisations import suppliers
from handlers.records.projects import lock
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.award_changes import AwardChange
    from handlers.records.awards import Award
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

#: Decision id of R26.
_GATE: Final = "award_change_gate"


@record_handler("award_change.read_gate")
def read_gate(context: RecordContext) -> dict[str, str]:
    """Write ``filing_status``, the input of R26."""
    return {"filing_status": _status(context, chosen_project(context, CHOICE_FORM))}


@record_handler("award_change.open_draft")
def open_draft(context: RecordContext, *, edit_allowed: bool, message: str) -> dict[str, Any]:
    """Write what the form begins with.

    Raises:
        ValidationFailedError: R26 does not allow it; its words are shown at the project.
    """
    if not edit_allowed:
        raise not_now(f"{message}。", "R26 does not allow a change notice now.")
    text = _text(context, chosen_project(context, CHOICE_FORM))
    before, after = text.names[text.award.supplier], text.names[text.change.new_supplier]
    return {
        "project_number": text.project.number,
        "project_name": text.project.name,
        "lot_name": text.lot.name,
        "filing_number": text.change.number,
        "old_result": f"{before.name}，{text.award.amount:,.2f} 元",
        "new_result": f"{after.name}，{text.change.new_amount:,.2f} 元",
        "suggested_title": f"{text.unit.name}{text.project.name}中标结果变更公告",
    }


@record_handler("award_change.publish")
def publish_change(context: RecordContext) -> dict[str, Any]:
    """Publish by the filing, which is used up; the changed award is in force from now on.

    Writes ``publication`` for ``website.publish``.

    Raises:
        ValidationFailedError: R26 does not allow it any more.
    """
    session, matter = context.session, context.matter
    item = chosen_project(context, CHOICE_FORM)
    lock(session, item.key)
    gate = context.decide(_GATE, {"filing_status": _status(context, item)})
    if not gate["publish_allowed"]:
        raise not_now(f"{gate['message']}。", "R26 does not allow a change notice now.")
    text = _text(context, item)
    new = NewNotice(
        kind=NoticeKind.AWARD_CHANGE,
        project=item.key,
        unit=item.unit,
        division=item.division,
        refers_to=text.award.notice,
        lots=(text.lot,),
    )
    answers = read_notice(matter)
    files = attached(session, int(matter.instance_key), NOTICE_FORM)
    key = publish(session, new, compose_change(text, answers, files), signature(matter))
    record_award(session, _replacement(context, text.award, text.change, key), matter.now)
    use_change(session, text.change.instance_key, matter.now)
    return {"publication": publication(session, key)}


def _replacement(
    context: RecordContext, award: Award, change: AwardChange, notice: int
) -> NewAward:
    return NewAward(
        project=award.project,
        lot=award.lot,
        supplier=change.new_supplier,
        amount=change.new_amount,
        notice=notice,
        awarded_on=context.matter.today,
        replaces=award.key,
    )


def _status(context: RecordContext, item: Project) -> str:
    found = latest_change(context.session, item.key)
    return FilingState.NONE if found is None else found.state


def _text(context: RecordContext, item: Project) -> ChangeText:
    session = context.session
    change = latest_change(session, item.key)
    awards = {one.key: one for one in active_awards(session, item.key)}
    if change is None or change.award not in awards:
        raise not_now(
            "该项目的中标结果已经变化，请重新备案。", "The award has changed; file again."
        )
    award = awards[change.award]
    return ChangeText(
        project=item,
        unit=public_body_of(session, item.unit),
        lot=_lot(context, item, award),
        award=award,
        change=change,
        names={one.code: one for one in suppliers(session)},
        published_on=context.matter.today,
    )


def _lot(context: RecordContext, item: Project, award: Award) -> Lot:
    return next(lot for lot in lots_of(context.session, item.key) if lot.key == award.lot)
