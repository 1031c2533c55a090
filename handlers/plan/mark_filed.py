"""Mark a numbered plan as filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.records.plans import mark_filed as write_filing

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.mark_filed")
def mark_filed(context: RecordContext) -> None:
    """Write when the plan was filed; the intention that it holds stays taken."""
    write_filing(context.session, int(context.matter.instance_key), context.matter.now)
