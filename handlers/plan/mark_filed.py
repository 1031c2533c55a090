"""Mark a numbered plan as filed and let its project begin or go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.records.plans import mark_filed as write_filing
from handlers.records.projects import file_plan

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.mark_filed")
def mark_filed(context: RecordContext, *, plan_number: str) -> None:
    """Write number and time into the register; the intention that the plan holds stays taken.

    The project that the intention began gets the plan's number; without one a project begins.

    Raises:
        ConfigurationError: nobody says how the division writes its OCIDs.
        LookupError: the plan was never registered (the model is wrong).
    """
    matter = context.matter
    planned = write_filing(context.session, int(matter.instance_key), plan_number, matter.now)
    if planned is None:
        message = f"plan {matter.instance_key} is not registered"
        raise LookupError(message)
    file_plan(context.session, planned, matter.now)
