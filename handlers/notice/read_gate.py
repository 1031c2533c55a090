"""Read the chosen project and its lots for R28."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.notice.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.notice.drafter import chosen_drafter
from handlers.notice.gate import gate_of, is_announced_whole, not_now
from handlers.records.lots import unannounced_lots
from handlers.records.projects import Stage
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("notice.read_gate")
def read_gate(context: RecordContext) -> dict[str, Any]:
    """Write the inputs of R28, ``method``, ``drafting_agency``, and what the draft shows.

    Raises:
        ValidationFailedError: the project is unknown, another unit's, or over; an agency shall
            draft, but none is entrusted with it.
    """
    item = chosen_project(context, CHOICE_FORM)
    if item.stage not in (Stage.PLANNED, Stage.ANNOUNCED):
        raise not_now("该项目已发布结果公告或已终止，不能再起草采购公告。", "The project is over.")
    gate = gate_of(item, len(unannounced_lots(context.session, item.key)))
    if is_announced_whole(item, gate):
        raise not_now(
            "该项目的采购公告已经发布；需要修改请发布更正公告。",
            "The call is published; publish a correction to change it.",
        )
    return {
        **gate.inputs(),
        "drafting_agency": chosen_drafter(context, item),
        "method": item.method,
        "project_number": item.number,
        "project_name": item.name,
        "project_amount": str(item.amount),
        "unit_name": public_body_of(context.session, item.unit).name,
    }
