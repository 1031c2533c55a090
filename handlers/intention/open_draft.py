"""Begin the form: empty for a new intention, with what was published for a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import field_error
from engine.handler import record_handler
from handlers.intention.answers import CHOICE_FORM, corrected_code
from handlers.intention.published import correctable_intention, shown_before

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("intention.open_draft")
def open_draft(context: RecordContext) -> dict[str, Any]:
    """Write ``correcting`` and ``before``: the latest published content, ``None`` for a new one.

    Raises:
        ValidationFailedError: nothing was chosen, or the choice may not be corrected.
    """
    code = corrected_code(context.matter)
    if context.matter.answers.get(CHOICE_FORM, {}).get("purpose") != "correct":
        return {"correcting": False, "before": None}
    if not code:
        raise field_error(
            "corrected",
            "ERR_REQUIRED",
            "请选择要更正的采购意向。",
            "Choose the intention to be corrected.",
        )
    correctable_intention(context, code)
    return {"correcting": True, "before": shown_before(context, code)}
