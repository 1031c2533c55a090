"""Take the number of an approved plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.records.numbers import next_number

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.assign_number")
def assign_number(context: RecordContext) -> dict[str, str]:
    """Take the next number of the unit's division and year; writes ``plan_number``.

    The year is that of the approval, Asia/Shanghai.

    Raises:
        ConfigurationError: no number rule for the division.
    """
    matter = context.matter
    number = next_number(context.session, "plan", matter.division, matter.today.year)
    return {"plan_number": number}
