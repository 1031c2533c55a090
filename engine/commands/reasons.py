"""Reasons that people must give: trimmed, not blank, of bounded length."""

from __future__ import annotations

from engine.commands.submission import MAX_OPINION
from engine.errors import field_error


def require_reason(text: str) -> str:
    """Return the trimmed reason.

    Raises:
        ValidationFailedError: blank (``ERR_OPINION_REQUIRED``) or over 500 characters.
    """
    reason = text.strip()
    if not reason:
        raise field_error("reason", "ERR_OPINION_REQUIRED", "请填写原因。", "Write the reason.")
    if len(reason) > MAX_OPINION:
        raise field_error(
            "reason",
            "ERR_LENGTH",
            f"原因不能超过 {MAX_OPINION} 字，请精简。",
            f"The reason may not exceed {MAX_OPINION} characters; shorten it.",
        )
    return reason
