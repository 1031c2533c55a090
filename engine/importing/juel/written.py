"""FEEL text while it is put together: how strongly it binds, and how literals are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.importing.juel.errors import JuelError

#: How strongly a text binds, weakest first.
IF, OR, AND, COMPARISON, SUM, PRODUCT, NEGATION, TERM = range(8)
_SIMPLE_NAME: Final = re.compile(r"[^\W\d_][\w]*|_\w+")


@dataclass(frozen=True)
class Feel:
    """FEEL text and the strength of its outermost operator."""

    text: str
    level: int = TERM

    def at(self, level: int) -> str:
        """Return the text for a place that wants at least ``level``, in brackets if weaker."""
        return self.text if self.level >= level else f"({self.text})"


def is_expression(text: str) -> bool:
    """Tell whether a value of a foreign model holds an expression."""
    return "${" in text or "#{" in text


def quoted(text: str) -> str:
    """Return a FEEL text literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


def simple_name(name: str) -> str:
    """Return a name that FEEL reads as one word.

    Raises:
        JuelError: FEEL would not.
    """
    if not _SIMPLE_NAME.fullmatch(name):
        raise JuelError(
            f"变量名“{name}”含有 FEEL 不允许的字符，请改名。",
            f"The name {name!r} holds a sign that FEEL does not allow; rename it.",
        )
    return name


def call(function: str, *arguments: Feel) -> Feel:
    """Return a FEEL function call."""
    return Feel(f"{function}({', '.join(argument.text for argument in arguments)})")


def one_of_empty(value: Feel) -> Feel:
    """Return JUEL's ``empty``: null, no text, no items, no entries."""
    return Feel(f'list contains([null, "", [], {{}}], {value.text})')


def compared(left: Feel, sign: str, right: Feel) -> Feel:
    """Return a comparison; FEEL's do not chain."""
    return Feel(f"{left.at(SUM)} {sign} {right.at(SUM)}", COMPARISON)


def negated(value: Feel) -> Feel:
    """Return JUEL's negation: whatever is not true, null included."""
    return compared(value, "!=", Feel("true"))
