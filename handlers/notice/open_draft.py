"""Let the draft of a call begin, or say what its project waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.notice.gate import DRAFT, not_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import RecordContext


@record_handler("notice.open_draft")
def open_draft(
    _context: RecordContext,
    *,
    gate: Mapping[str, Any],
    notice_form: Mapping[str, Any],
    unit_name: str,
    project_name: str,
) -> dict[str, Any]:
    """Write ``suggested_title``; ``gate`` is the answer of R28.

    Raises:
        ValidationFailedError: R28 does not let the call be drafted (``ERR_STATE``).
    """
    if gate["button"] != DRAFT:
        raise not_now(
            f"{gate['button']}，收到标段后才能起草公告。",
            "Wait until the trading centre has pushed the lots; then the call can be drafted.",
        )
    title = f"{unit_name}{project_name}{notice_form['notice_type']}"
    return {"suggested_title": title, "lots_changed": None}
