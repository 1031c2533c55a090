"""Publish a termination; its lots may be announced again or are over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.notice.calls import chosen_call, not_this_call, project_of_call
from handlers.notice.publication import publication, signature
from handlers.records.files import attached
from handlers.records.lots import LotState, lots_of, mark
from handlers.records.notices import (
    NewNotice,
    NoticeKind,
    publish,
    release_lots,
)
from handlers.records.projects import Stage, advance, lock
from handlers.records.units import public_body_of
from handlers.termination.answers import CHOICE_FORM, TERMINATION_FORM, read_termination
from handlers.termination.notice_text import TerminationText, compose_termination
from handlers.termination.open_draft import ending_lots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.handler import RecordContext


@record_handler("termination.publish")
def publish_termination(context: RecordContext) -> dict[str, Any]:
    """Publish what was confirmed; writes ``publication`` for ``website.publish``.

    Raises:
        ValidationFailedError: the call is not in force any more.
    """
    session, matter = context.session, context.matter
    call = chosen_call(context, CHOICE_FORM)
    lock(session, call.project)
    lots = ending_lots(context, call)
    if not lots:
        # Their result was published between the reading and the lock.
        raise not_this_call(
            "该公告的标段已有结果，不能终止。", "All its lots have results; it cannot be cancelled."
        )
    answers = read_termination(matter)
    new = NewNotice(
        kind=NoticeKind.TERMINATION,
        project=call.project,
        unit=call.unit,
        division=call.division,
        refers_to=call.key,
        lots=tuple(lots),
    )
    text = TerminationText(
        call=call,
        project=project_of_call(context, call),
        unit_name=public_body_of(session, call.unit).name,
        answers=answers,
        lots=lots,
        published_on=matter.today,
        attachments=attached(session, int(matter.instance_key), TERMINATION_FORM),
    )
    key = publish(session, new, compose_termination(text), signature(matter))
    _end(context, call.project, [lot.key for lot in lots], again=answers.again)
    return {"publication": publication(session, key)}


def _end(context: RecordContext, project: int, lots: Sequence[int], *, again: bool) -> None:
    """Free the lots for another call, or let them be over, and with the last one the project."""
    session, now = context.session, context.matter.now
    mark(session, lots, LotState.FAILED if again else LotState.TERMINATED, now)
    if again:
        release_lots(session, lots, now)
    elif all(lot.state is LotState.TERMINATED for lot in lots_of(session, project)):
        advance(session, project, Stage.TERMINATED)
