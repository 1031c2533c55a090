"""Number the parts of a notice as official notices do: 一、 二、 and so on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.records.notices import Section

_NUMBERS: Final = "一二三四五六七八九十"


def numbered(parts: Sequence[Section]) -> tuple[Section, ...]:
    """Return the parts with their numbers before their headings.

    Raises:
        IndexError: there are more than ten.
    """
    return tuple(
        replace(part, heading=f"{_NUMBERS[place]}、{part.heading}")
        for place, part in enumerate(parts)
    )
