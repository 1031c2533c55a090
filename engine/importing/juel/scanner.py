"""Splits JUEL into tokens (Unified EL 2.2, §1.19 Collected Syntax)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.importing.juel.errors import JuelError

if TYPE_CHECKING:
    from collections.abc import Iterator


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One token; ``text`` of a sign is its symbol, of a quoted text its content."""

    kind: TokenKind
    text: str
    offset: int


#: Words that are signs.
_WORDS: Final = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "empty": "empty",
}
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<name>[^\W\d][\w$]*|\$[\w$]+)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of an expression without its brackets, ``END`` last.

    Args:
        text: the expression; scanning stops at an unquoted ``}`` or at its end.
        start: offset of the first character.

    Raises:
        JuelError: a character that JUEL does not know, or a text without its closing quote.
    """
    position = start
    while position < len(text) and text[position] != "}":
        match = _TOKEN.match(text, position)
        if match is None:
            raise JuelError.at(
                text, position, "有不认识的字符", "there is a character JUEL does not know"
            )
        kind = match.lastgroup or ""
        if kind != "space":
            yield _token(kind, match.group(), position)
        position = match.end()
    yield Token(TokenKind.END, "", position)


def _token(kind: str, text: str, offset: int) -> Token:
    if kind == "text":
        return Token(TokenKind.TEXT, re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL), offset)
    if kind == "name" and text in _WORDS:
        return Token(TokenKind.SIGN, _WORDS[text], offset)
    return Token(TokenKind(kind), text, offset)
