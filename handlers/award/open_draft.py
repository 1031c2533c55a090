"""Begin the result notice: one row for every announced lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.handler import record_handler
from handlers.award.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.notice.gate import not_now
from handlers.records.lots import announced_lots
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from engine.handler import RecordContext

#: Methods whose result is called 中标; of the others it is 成交.
TENDERED: Final = frozenset({"公开招标", "邀请招标"})


@record_handler("award.open_draft")
def open_draft(context: RecordContext) -> dict[str, Any]:
    """Write what the form begins with: ``open_lots``, the project, a title.

    Raises:
        ValidationFailedError: the project is unknown or no lot waits for its result.
    """
    item = chosen_project(context, CHOICE_FORM)
    lots = announced_lots(context.session, item.key)
    if not lots:
        raise not_now(
            "该项目没有已公告、还没有结果的标段，请先发布采购公告。",
            "No announced lot of this project waits for its result; publish the call first.",
        )
    unit_name = public_body_of(context.session, item.unit).name
    word = "中标" if item.method in TENDERED else "成交"
    return {
        "project_number": item.number,
        "project_name": item.name,
        "method": item.method,
        "open_lots": [{"lot": lot.number, "verdict": "won"} for lot in lots],
        "suggested_title": f"{unit_name}{item.name}{word}结果公告",
    }
