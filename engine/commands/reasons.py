"""Reasons and opinions that people must give: trimmed, not blank, of bounded length."""

from __future__ import annotations

from engine.commands.submission import MAX_OPINION
from engine.errors import ValidationFailedError, field_error


def require_reason(text: str) -> str:
    """Return the trimmed reason.

    Raises:
        ValidationFailedError: blank (``ERR_OPINION_REQUIRED``) or over 500 characters.
    """
    return _required(text, "reason", "请填写原因。", "Write the reason.")


def require_opinion(text: str) -> str:
    """Return the trimmed opinion.

    Raises:
        ValidationFailedError: blank (``ERR_OPINION_REQUIRED``) or over 500 characters.
    """
    return _required(text, "opinion", "请填写意见。", "Write your opinion.")


def require_request(text: str, field: str = "request") -> str:
    """Return what somebody else is asked, trimmed.

    Args:
        text: as typed.
        field: where it was typed.

    Raises:
        ValidationFailedError: blank (``ERR_OPINION_REQUIRED``) or over 500 characters.
    """
    return _required(text, field, "请写明请对方做什么。", "Write what you ask of the person.")


def optional_words(text: str, field: str) -> str:
    """Return what somebody may say, trimmed; empty for nothing.

    Raises:
        ValidationFailedError: over 500 characters.
    """
    trimmed = text.strip()
    if len(trimmed) > MAX_OPINION:
        raise _too_long(field, len(trimmed))
    return trimmed


def _required(text: str, field: str, missing_zh: str, missing_en: str) -> str:
    trimmed = text.strip()
    if not trimmed:
        raise field_error(field, "ERR_OPINION_REQUIRED", missing_zh, missing_en)
    if len(trimmed) > MAX_OPINION:
        raise _too_long(field, len(trimmed))
    return trimmed


def _too_long(field: str, length: int) -> ValidationFailedError:
    return field_error(
        field,
        "ERR_LENGTH",
        f"不能超过 {MAX_OPINION} 字，现在 {length} 字，请精简。",
        f"At most {MAX_OPINION} characters, not {length}; shorten it.",
    )
