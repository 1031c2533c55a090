"""The only place that walks over an expression's characters."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, NoReturn

from engine.feel import characters
from engine.feel.errors import FeelError, FeelLimitError, Position
from engine.feel.limits import MAX_DIGITS, MAX_HEIGHT, MAX_NESTING, MAX_TEXT
from engine.feel.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "'": "'"}
#: How often the parser may try a second reading.
_MAX_SECOND_READINGS = 60

NameTable = dict[str, tuple[str, ...]]


def name_table(names: Iterable[str]) -> NameTable:
    """Index the names that are not one simple word by their first word, longest first."""
    table: dict[str, list[str]] = {}
    for name in names:
        first = characters.WORD.match(name)
        if first is not None and not characters.is_simple(name):
            table.setdefault(first.group(), []).append(name)
    return {
        first: tuple(sorted(set(group), key=len, reverse=True)) for first, group in table.items()
    }


class Scanner:
    """Reads blanks, signs, words, names, numbers and strings from ``pos`` on."""

    def __init__(self, text: str, names: NameTable, members: NameTable) -> None:
        """Start at the first character.

        Raises:
            FeelLimitError: the text is too long.
        """
        if len(text) > MAX_TEXT:
            raise FeelLimitError(
                f"表达式过长（超过 {MAX_TEXT} 个字符）。",
                f"The expression is too long (more than {MAX_TEXT} characters).",
                Position(text, MAX_TEXT),
            )
        self.text = text
        self.pos = 0
        self.names = names
        self.members = members
        self._levels = 0
        self._second_readings = 0

    def fail(self, message_zh: str, message_en: str, pos: int | None = None) -> NoReturn:
        """Raise a FeelError at ``pos`` (default: here)."""
        where = self.pos if pos is None else pos
        raise FeelError(message_zh, message_en, Position(self.text, where))

    def unexpected(self, wanted: str = "", wanted_en: str = "") -> NoReturn:
        """Raise the FeelError that says best what is wrong here."""
        self.skip()
        if self.text.startswith("/*", self.pos):
            self.fail("注释没有以 */ 结束。", "The comment is not closed by */.")
        wrong = characters.mistyped(self.text, self.pos)
        if wrong is not None:
            typed, meant = wrong
            self.fail(
                f"不能使用“{typed}”，请改用英文半角的 {meant} 。",
                f"Type {meant} instead of {typed}.",
            )
        found = self.text[self.pos : self.pos + 1]
        zh = f"此处不应出现“{found}”" if found else "表达式不完整"
        en = f'Unexpected "{found}"' if found else "The expression is incomplete"
        self.fail(
            f"{zh}，应为 {wanted} 。" if wanted else f"{zh}。",
            f"{en}; {wanted_en or wanted} expected." if wanted else f"{en}.",
        )

    def enter(self) -> None:
        """Count one more level of nesting.

        Raises:
            FeelLimitError: there are too many.
        """
        self._levels += 1
        if self._levels > MAX_NESTING:
            raise FeelLimitError(
                f"嵌套过深（超过 {MAX_NESTING} 层）。",
                f"Nested too deeply (more than {MAX_NESTING} levels).",
                Position(self.text, self.pos),
            )

    def leave(self) -> None:
        """Count one level of nesting less."""
        self._levels -= 1

    def grow(self, links: int) -> None:
        """Check the number of operators in a row.

        Raises:
            FeelLimitError: there are too many.
        """
        if links > MAX_HEIGHT:
            raise FeelLimitError(
                f"表达式过长（连续超过 {MAX_HEIGHT} 个运算）。",
                f"The expression is too long (more than {MAX_HEIGHT} operations in a row).",
                Position(self.text, self.pos),
            )

    def read_again(self, pos: int, levels: int) -> None:
        """Go back to ``pos`` for a second reading.

        Raises:
            FeelLimitError: this happened too often.
        """
        self._second_readings += 1
        if self._second_readings > _MAX_SECOND_READINGS:
            raise FeelLimitError(
                "表达式有歧义之处过多，请加括号。",
                "The expression is too ambiguous; add brackets.",
                Position(self.text, pos),
            )
        self.pos = pos
        self._levels = levels

    @property
    def levels(self) -> int:
        """The present level of nesting."""
        return self._levels

    def skip(self) -> None:
        """Go over blanks and comments."""
        match = characters.BLANK.match(self.text, self.pos)
        if match is not None:
            self.pos = match.end()

    def at(self, sign: str) -> bool:
        """Tell whether ``sign`` comes next."""
        self.skip()
        return self.text.startswith(sign, self.pos)

    def accept(self, sign: str) -> bool:
        """Go over ``sign`` if it comes next."""
        if self.at(sign):
            self.pos += len(sign)
            return True
        return False

    def expect(self, sign: str) -> None:
        """Go over ``sign``.

        Raises:
            FeelError: something else comes next.
        """
        if not self.accept(sign):
            self.unexpected(sign)

    def separator(self, closing: str) -> None:
        """Go over a comma between elements.

        Raises:
            FeelError: something else comes next.
        """
        if not self.accept(","):
            self.unexpected(f", 或 {closing}", f", or {closing}")

    def peek_word(self) -> str:
        """Return the word that comes next, or ""."""
        self.skip()
        match = characters.WORD.match(self.text, self.pos)
        return match.group() if match else ""

    def accept_word(self, word: str) -> bool:
        """Go over the keyword if it comes next."""
        if self.peek_word() == word:
            self.pos += len(word)
            return True
        return False

    def expect_word(self, word: str) -> None:
        """Go over the keyword.

        Raises:
            FeelError: something else comes next.
        """
        if not self.accept_word(word):
            self.unexpected(word)

    def number(self) -> Decimal | None:
        """Read a number, or None when there is none.

        Raises:
            FeelError: too many digits or too large.
        """
        match = characters.NUMBER.match(self.text, self.pos)
        if match is None:
            return None
        if len(match.group()) > MAX_DIGITS:
            self.fail("数字过长。", "The number is too long.")
        try:
            value = NUMBERS.create_decimal(match.group())
        except DecimalException:
            self.fail("数字过大。", "The number is too large.")
        self.pos = match.end()
        following = characters.WORD.match(self.text, self.pos)
        if following is not None:
            self.fail(
                f"数字后不能直接写“{following.group()}”。",
                f'A number cannot be followed by "{following.group()}".',
            )
        return value

    def string(self) -> str | None:
        """Read a string in double quotes, or None when there is none.

        Raises:
            FeelError: the closing quote is missing.
        """
        if not self.text.startswith('"', self.pos):
            return None
        match = characters.STRING.match(self.text, self.pos)
        if match is None:
            self.fail('文本缺少右侧的英文双引号 " 。', 'The closing " is missing.')
        self.pos = match.end()
        return unescape(match.group(1))


def unescape(text: str) -> str:
    r"""Return a string literal's characters; unknown escapes such as ``\d`` stay as they are."""
    if "\\" not in text:
        return text
    return _SURROGATES.sub(_join_surrogates, _ESCAPE.sub(_unescape_one, text))


def _unescape_one(match: re.Match[str]) -> str:
    four, six, other = match.groups()
    if other is not None:
        return _SIMPLE_ESCAPES.get(other, match.group())
    code = int(four or six, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _join_surrogates(match: re.Match[str]) -> str:
    pair = match.group()
    if len(pair) == 1:
        return "\ufffd"
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + (ord(pair[1]) - 0xDC00))
