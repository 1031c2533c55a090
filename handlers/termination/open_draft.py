"""Begin a termination with the call and its lots that have no result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.notice.calls import chosen_call, project_of_call, shown_moment
from handlers.records.lots import announced_lots
from handlers.records.notices import lots_of_notice
from handlers.termination.answers import CHOICE_FORM

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.lots import Lot
    from handlers.records.notices import PublishedNotice


@record_handler("termination.open_draft")
def open_draft(context: RecordContext) -> dict[str, Any]:
    """Write what the form shows.

    Raises:
        ValidationFailedError: the call is not in force.
    """
    call = chosen_call(context, CHOICE_FORM)
    item = project_of_call(context, call)
    return {
        "project_number": item.number,
        "project_name": item.name,
        "call_title": call.title,
        "call_deadline": shown_moment(call.deadline),
        "ending_lots": [
            {"number": lot.number, "name": lot.name, "amount": f"{lot.amount:,.2f}"}
            for lot in ending_lots(context, call)
        ],
        "suggested_title": f"{call.title}终止公告",
    }


def ending_lots(context: RecordContext, call: PublishedNotice) -> list[Lot]:
    """Return the lots of a call that have no result yet."""
    of_call = set(lots_of_notice(context.session, call.key))
    return [lot for lot in announced_lots(context.session, call.project) if lot.key in of_call]
