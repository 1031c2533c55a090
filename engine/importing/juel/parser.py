"""A recursive-descent parser of JUEL: Unified EL 2.2 with method calls."""

from __future__ import annotations

from typing import Final

from engine.importing.juel.errors import JuelError
from engine.importing.juel.scanner import Token, TokenKind, tokens
from engine.importing.juel.tree import (
    Binary,
    Function,
    Index,
    Literal,
    Method,
    Name,
    Node,
    Template,
    Ternary,
    Unary,
)

#: Binary operators, weakest first (Unified EL 2.2 §1.15).
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
#: Deeper nesting is refused; people do not write it.
MAX_DEPTH: Final = 40
#: Longer expressions are refused: they nest to the left, and a person should split them.
MAX_TOKENS: Final = 300


def parse(text: str) -> Node:
    """Parse what stands between ``${`` and ``}``.

    Raises:
        JuelError: it is not JUEL.
    """
    parser = _Parser(text, 0)
    node = parser.whole()
    if parser.offset != len(text):
        raise JuelError.at(text, parser.offset, "多了一个“}”", "there is a stray “}”")
    return node


def parse_template(text: str) -> Node:
    """Parse an attribute or text value: plain text, ``${…}``, ``#{…}`` or a mixture.

    Raises:
        JuelError: an expression in it is not JUEL or has no closing brace.
    """
    parts: list[Node] = []
    position = 0
    while position < len(text):
        begin = _next_opening(text, position)
        if begin > position:
            parts.append(Literal(text[position:begin]))
        if begin == len(text):
            break
        parser = _Parser(text, begin + 2)
        parts.append(parser.whole())
        if parser.offset >= len(text):
            raise JuelError.at(text, begin, "表达式没有以“}”结束", "the expression lacks its “}”")
        position = parser.offset + 1
    return parts[0] if len(parts) == 1 else Template(tuple(parts))


def _next_opening(text: str, position: int) -> int:
    found = [text.find(sign, position) for sign in ("${", "#{")]
    return min((at for at in found if at >= 0), default=len(text))


class _Parser:
    """One pass over the tokens of one expression."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._tokens = list(tokens(text, start))
        if len(self._tokens) > MAX_TOKENS:
            raise JuelError.at(text, start, "表达式太长，请拆开", "too long, split it")
        self._at = 0
        self._depth = 0

    @property
    def offset(self) -> int:
        """Where the expression ends."""
        return self._tokens[-1].offset

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def whole(self) -> Node:
        """Read everything up to the end."""
        node = self._ternary()
        if self._next.kind is not TokenKind.END:
            raise self._unexpected()
        return node

    def _unexpected(self) -> JuelError:
        return JuelError.at(
            self._text, self._next.offset, "这里的内容不合语法", "this does not belong here"
        )

    def _take(self, *signs: str) -> str:
        token = self._next
        if token.kind is TokenKind.SIGN and token.text in signs:
            self._at += 1
            return token.text
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected()

    def _ternary(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise JuelError.at(self._text, self._next.offset, "嵌套太深", "nested too deeply")
        node = self._binary(0)
        if self._take("?"):
            then = self._ternary()
            self._expect(":")
            node = Ternary(node, then, self._ternary())
        self._depth -= 1
        return node

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._binary(level + 1)
        while operator := self._take(*_LEVELS[level]):
            node = Binary(operator, node, self._binary(level + 1))
        return node

    def _unary(self) -> Node:
        signs: list[str] = []
        while sign := self._take("!", "-", "empty"):
            signs.append(sign)
        node = self._value()
        for sign in reversed(signs):
            node = Unary(sign, node)
        return node

    def _value(self) -> Node:
        node = self._primary()
        while sign := self._take(".", "["):
            node = self._member(node) if sign == "." else self._index(node)
        return node

    def _member(self, of: Node) -> Node:
        token = self._next
        if token.kind is not TokenKind.NAME:
            raise self._unexpected()
        self._at += 1
        if self._take("("):
            return Method(of, token.text, self._arguments())
        return Index(of, Literal(token.text))

    def _index(self, of: Node) -> Node:
        key = self._ternary()
        self._expect("]")
        return Index(of, key)

    def _arguments(self) -> tuple[Node, ...]:
        found: list[Node] = []
        if self._take(")"):
            return ()
        while True:
            found.append(self._ternary())
            if self._take(")"):
                return tuple(found)
            self._expect(",")

    def _primary(self) -> Node:
        token = self._next
        if self._take("("):
            node = self._ternary()
            self._expect(")")
            return node
        if token.kind in (TokenKind.END, TokenKind.SIGN):
            raise self._unexpected()
        self._at += 1
        if token.kind is TokenKind.NUMBER:
            return Literal(token.text, is_number=True)
        if token.kind is TokenKind.TEXT:
            return Literal(token.text)
        if token.text in _CONSTANTS:
            return Literal(_CONSTANTS[token.text])
        return self._named(token.text)

    def _named(self, name: str) -> Node:
        """Read a variable or function; ``prefix:name`` is a function only before a bracket."""
        if self._take("("):
            return Function(name, self._arguments())
        following = self._tokens[self._at : self._at + 3]
        shape = [token.text if token.kind is TokenKind.SIGN else token.kind for token in following]
        if shape == [":", TokenKind.NAME, "("]:
            self._at += 3
            return Function(f"{name}:{following[1].text}", self._arguments())
        return Name(name)
