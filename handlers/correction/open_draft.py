"""Begin a correction with what the call says now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.correction.answers import CHOICE_FORM
from handlers.notice.calls import chosen_call, not_this_call, project_of_call, shown_moment

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.notices import PublishedNotice


@record_handler("correction.open_draft")
def open_draft(context: RecordContext) -> dict[str, Any]:
    """Write what the form shows, and ``method`` for the least period.

    Raises:
        ValidationFailedError: the call cannot be corrected (any more).
    """
    call = correctable_call(context)
    item = project_of_call(context, call)
    return {
        "project_number": item.number,
        "project_name": item.name,
        "method": item.method,
        "call_title": call.title,
        "call_version": call.version,
        "call_deadline": shown_moment(call.deadline),
        "suggested_title": f"{call.title}更正公告",
    }


def correctable_call(context: RecordContext) -> PublishedNotice:
    """Return the chosen call; offers for it are still taken.

    Raises:
        ValidationFailedError: it is not in force, or its deadline has passed.
    """
    call = chosen_call(context, CHOICE_FORM)
    if call.deadline is not None and call.deadline <= context.matter.now:
        raise not_this_call(
            f"该公告的截止时间 {shown_moment(call.deadline)} 已过，不能再更正；"
            "需要停止采购的请发布终止公告。",
            "Its deadline has passed, it cannot be corrected; publish a cancellation to stop it.",
        )
    return call
