"""Give back the intention that the plan held before its answer became 否."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.records.intentions import release as give_back

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("intention.release")
def release(context: RecordContext) -> None:
    """Release whatever the plan holds; nothing when it holds nothing."""
    give_back(context.session, int(context.matter.instance_key), context.matter.now)
