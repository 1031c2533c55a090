"""Mark a numbered plan as filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.records.plans import mark_filed as write_filing

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.mark_filed")
def mark_filed(context: RecordContext, *, plan_number: str) -> None:
    """Write number and time into the register; the intention that the plan holds stays taken."""
    matter = context.matter
    write_filing(context.session, int(matter.instance_key), plan_number, matter.now)
