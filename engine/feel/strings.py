"""The only place for the string functions (DMN 1.5 §10.3.4.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import regular
from engine.feel.errors import NullResultError
from engine.feel.limits import check_string_size

if TYPE_CHECKING:
    from engine.feel.library import Definitions

_SCALE_LIMIT = 10**9


def whole(value: Decimal, name: str) -> int:
    """Return the integer part of a position or length.

    Raises:
        NullResultError: it is absurdly large.
    """
    if abs(value) > _SCALE_LIMIT:
        raise NullResultError(f"参数 {name} 过大。", f"The argument {name} is too large.")
    return int(value)


def start_index(position: int, size: int) -> int:
    """Return the 0-based index of a 1-based position that may count from the end.

    Raises:
        NullResultError: there is no such position.
    """
    index = position - 1 if position > 0 else size + position
    if position == 0 or not 0 <= index < max(size, 1):
        raise NullResultError(f"位置 {position} 超出范围。", f"No position {position}.")
    return index


def substring(text: str, position: Decimal, length: Decimal | None = None) -> str:
    """Return the part from the 1-based position on, at most ``length`` characters."""
    start = whole(position, "start position")
    if start == 0 or abs(start) > len(text):
        raise NullResultError(f"位置 {start} 超出文本范围。", f"No position {start} in the string.")
    index = start_index(start, len(text))
    if length is None:
        return text[index:]
    count = whole(length, "length")
    if count < 1:
        raise NullResultError("长度必须大于零。", "The length must be at least 1.")
    return text[index : index + count]


def substring_before(text: str, match: str) -> str:
    """Return what stands before the first ``match``, or ""."""
    index = text.find(match)
    return text[:index] if index > 0 else ""


def substring_after(text: str, match: str) -> str:
    """Return what stands after the first ``match``, or ""."""
    index = text.find(match)
    return text[index + len(match) :] if index >= 0 else ""


def string_join(parts: list[object], delimiter: str | None = None) -> str:
    """Join strings; nulls are left out."""
    texts = [part for part in parts if part is not None]
    words = [part for part in texts if isinstance(part, str)]
    if len(words) != len(texts):
        raise NullResultError("列表中只能有文本。", "The list may hold strings only.")
    between = delimiter or ""
    check_string_size(sum(map(len, words)) + len(between) * len(words))
    return between.join(words)


def _upper(text: str) -> str:
    return text.upper()


DEFINITIONS: Definitions = {
    "substring": ("string: string, start position: number, length?: number", substring),
    "string length": ("string: string", lambda text: Decimal(len(text))),
    "upper case": ("string: string", _upper),
    "lower case": ("string: string", lambda text: text.lower()),
    "substring before": ("string: string, match: string", substring_before),
    "substring after": ("string: string, match: string", substring_after),
    "contains": ("string: string, match: string", lambda text, match: match in text),
    "starts with": ("string: string, match: string", lambda text, match: text.startswith(match)),
    "ends with": ("string: string, match: string", lambda text, match: text.endswith(match)),
    "matches": ("input: string, pattern: string, flags?: string or null", regular.matches),
    "replace": (
        "input: string, pattern: string, replacement: string, flags?: string or null",
        regular.replace,
    ),
    "split": ("string: string, delimiter: string", regular.split),
    "string join": ("list: list, delimiter?: string or null", string_join),
}
