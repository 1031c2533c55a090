"""Read the chosen intention for R03."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import field_error
from engine.handler import record_handler
from handlers.intention.window import window_facts
from handlers.plan.answers import read_answers
from handlers.records.intentions import intention_of

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("intention.read_window")
def read_window(context: RecordContext) -> dict[str, Any]:
    """Write the inputs of R03 for the intention chosen in the form.

    Also writes ``intention_reference_date`` (ISO), the day from which the window was counted.

    Raises:
        ValidationFailedError: no intention was chosen, or none of that number exists.
    """
    code = read_answers(context.matter).intention
    if not code:
        raise field_error(
            "intention_id",
            "ERR_REQUIRED",
            "请选择采购意向。",
            "Choose a procurement intention.",
        )
    found = intention_of(context.session, code, int(context.matter.instance_key))
    if found is None:
        raise field_error(
            "intention_id",
            "ERR_ENUM",
            "所选采购意向不存在，请重新选择。",
            "There is no such intention; choose another.",
        )
    facts = window_facts(*found, context.matter)
    return {
        **facts.inputs(),
        "intention_reference_date": facts.reference_date.isoformat(),
    }
