"""Mark a numbered plan as filed and let its project begin or go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.plan.push_content import VIA_PLATFORM, push_content
from handlers.records.plans import mark_filed as write_filing
from handlers.records.projects import file_plan

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.mark_filed")
def mark_filed(context: RecordContext, *, plan_number: str) -> dict[str, Any]:
    """Write number and time into the register; the intention that the plan holds stays taken.

    The project that the intention began gets the plan's number; without one a project begins.
    Writes the inputs of R27 and, for an interconnected project, ``platform`` and
    ``plan_content`` for the trading centre.

    Raises:
        ConfigurationError: nobody says how the division writes its OCIDs.
        LookupError: the plan was never registered (the model is wrong).
    """
    matter, session = context.matter, context.session
    filed = write_filing(session, int(matter.instance_key), plan_number, matter.now)
    if filed is None:
        message = f"plan {matter.instance_key} is not registered"
        raise LookupError(message)
    planned = filed.project
    file_plan(session, planned, matter.now)
    facts = {
        "platform_selected": planned.platform is not None,
        "plan_filed": True,
        "channel_via_platform": filed.channel == VIA_PLATFORM,
    }
    if planned.platform is None:
        return facts
    content = push_content(session, planned)
    return {**facts, "platform": planned.platform, "plan_content": content}
