"""The only place that rewrites XPath regular expressions for re2 (XML Schema 1.1-2, app. G)."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.feel.errors import NullResultError

_LAST = 0x10FFFF
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL = frozenset("\\|.-^?*+{}()[]$")
#: Multi-character escapes, as they stand inside a character class.
_CLASSES = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r" \t\n\r",
    "S": r"\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": r"\p{L}\p{Nl}_:",
    "c": r"\p{L}\p{M}\p{N}._:\-\x{B7}",
}
_NEGATED = {"I": "i", "C": "c"}
_BLOCKS = {
    "BasicLatin": (0x0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Thai": (0xE00, 0xE7F),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
_PROPERTY = re.compile(r"\{(Is)?([A-Za-z0-9-]+)\}")
_BLANK = frozenset(" \t\n\r")
_MAX_CLASS_DEPTH = 10

Ranges = list[tuple[int, int]]


def bad_pattern(zh: str, en: str, pattern: str, pos: int) -> NullResultError:
    """Return the error for a pattern that is wrong at ``pos`` (0-based)."""
    shown = pattern if len(pattern) <= 60 else pattern[:60] + "…"
    return NullResultError(
        f"正则表达式“{shown}”第 {pos + 1} 个字符处{zh}。",
        f'The regular expression "{shown}" is {en} at character {pos + 1}.',
    )


class Translator:
    """Rewrites one pattern."""

    def __init__(self, pattern: str, flags: str) -> None:
        """Take the pattern and its flags ``s m i x q``."""
        self.flags = flags
        self.pattern = _without_blanks(pattern) if "x" in flags and "q" not in flags else pattern
        self.pos = 0

    def translate(self) -> str:
        """Return the pattern in re2's syntax.

        Raises:
            NullResultError: it is no XPath regular expression.
        """
        prefix = "".join(flag for flag in "im" if flag in self.flags)
        prefix = f"(?{prefix})" if prefix else ""
        if "q" in self.flags:
            return prefix + _quoted(self.pattern)
        pieces = []
        while self.pos < len(self.pattern):
            pieces.append(self._piece())
        return prefix + "".join(pieces)

    def _fail(self, zh: str, en: str) -> NullResultError:
        return bad_pattern(zh, en, self.pattern, self.pos)

    def _piece(self) -> str:
        sign = self.pattern[self.pos]
        if sign == "\\":
            return self._escape(inside=False)
        if sign == "[":
            return self._class()
        self.pos += 1
        if sign == ".":
            return r"(?s:.)" if "s" in self.flags else r"[^\n\r]"
        if sign == "(" and self.pattern.startswith("?", self.pos):
            if not self.pattern.startswith("?:", self.pos):
                raise self._fail("含有不支持的 (?…)", "using an unsupported (?…)")
            self.pos += 2
            return "(?:"
        return sign

    def _escape(self, *, inside: bool) -> str:
        """Translate a backslash and what follows; ``inside`` a character class or not."""
        letter = self.pattern[self.pos + 1 : self.pos + 2]
        if letter in {"p", "P"}:
            return self._property(letter)
        if letter in _SINGLE:
            self.pos += 2
            return f"\\{letter}"
        if letter and letter in _LITERAL:
            self.pos += 2
            return f"\\{letter}"
        if letter in _CLASSES and letter:
            self.pos += 2
            return _CLASSES[letter] if inside else f"[{_CLASSES[letter]}]"
        if letter in _NEGATED and not inside and letter:
            self.pos += 2
            return f"[^{_CLASSES[_NEGATED[letter]]}]"
        if letter.isdigit():
            raise self._fail("含有不支持的反向引用", "using an unsupported back reference")
        raise self._fail("转义无效", "using an invalid escape")

    def _property(self, letter: str) -> str:
        match = _PROPERTY.match(self.pattern, self.pos + 2)
        if match is None:
            raise self._fail("字符属性无效", "using an invalid property")
        block, name = match.groups()
        self.pos = match.end()
        if not block:
            return f"\\{letter}{{{name}}}"
        if name not in _BLOCKS:
            raise self._fail("字符区块未知", "using an unknown block")
        first, last = _BLOCKS[name]
        ranges = [(first, last)] if letter == "p" else _complement([(first, last)])
        return _class_text(ranges)

    def _class(self) -> str:
        """Translate ``[…]``; a subtraction such as ``[A-Z-[OI]]`` is worked out here."""
        end = self._class_end()
        source = self.pattern[self.pos : end]
        if "-[" in source:
            ranges = self._class_ranges(0)
            return _class_text(ranges)
        text = self._class_start()
        while self.pattern[self.pos] != "]" or text in {"[", "[^"}:
            text += self._class_part()
        self.pos += 1
        return text + "]"

    def _class_start(self) -> str:
        self.pos += 1
        if self.pattern.startswith("^", self.pos):
            self.pos += 1
            return "[^"
        return "["

    def _class_part(self) -> str:
        sign = self.pattern[self.pos]
        if sign == "\\":
            return self._escape(inside=True)
        if sign in "[]":
            raise self._fail("含有未转义的方括号", "using an unescaped bracket")
        self.pos += 1
        return f"\\{sign}" if sign in "&~|^" else sign

    def _class_end(self) -> int:
        depth, pos = 0, self.pos
        while pos < len(self.pattern):
            sign = self.pattern[pos]
            if sign == "\\":
                pos += 1
            depth += (sign == "[") - (sign == "]")
            pos += 1
            if depth == 0:
                return pos
        raise self._fail("缺少 ]", "missing a ]")

    def _class_ranges(self, depth: int) -> Ranges:
        if depth > _MAX_CLASS_DEPTH:
            raise self._fail("嵌套过深", "nested too deeply")
        negated = self._class_start() == "[^"
        ranges: Ranges = []
        removed: Ranges = []
        while self.pattern[self.pos] != "]":
            if self.pattern.startswith("-[", self.pos):
                self.pos += 1
                removed = self._class_ranges(depth + 1)
                break
            ranges.append(self._class_range())
        if not self.pattern.startswith("]", self.pos):
            raise self._fail("缺少 ]", "missing a ]")
        self.pos += 1
        kept = _complement(ranges) if negated else _merged(ranges)
        return _difference(kept, removed)

    def _class_range(self) -> tuple[int, int]:
        first = last = self._class_character()
        following = self.pattern[self.pos + 1 : self.pos + 2]
        if self.pattern[self.pos] == "-" and following not in {"[", "]"}:
            self.pos += 1
            last = self._class_character()
        if last < first:
            raise self._fail("区间颠倒", "using a reversed range")
        return first, last

    def _class_character(self) -> int:
        sign = self.pattern[self.pos]
        if sign != "\\":
            self.pos += 1
            return ord(sign)
        letter = self.pattern[self.pos + 1]
        if letter not in _LITERAL and letter not in _SINGLE:
            raise self._fail("此处不支持该转义", "using an escape that is unsupported here")
        self.pos += 2
        return ord(_SINGLE.get(letter, letter))


def _without_blanks(pattern: str) -> str:
    """Remove blanks outside of character classes (flag ``x``)."""
    kept: list[str] = []
    depth, escaped = 0, False
    for sign in pattern:
        if sign in _BLANK and depth == 0:
            continue
        if not escaped:
            depth = max(0, depth + (sign == "[") - (sign == "]"))
        escaped = sign == "\\" and not escaped
        kept.append(sign)
    return "".join(kept)


def _quoted(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _LITERAL else sign for sign in text)


def _merged(ranges: Ranges) -> Ranges:
    merged: Ranges = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _complement(ranges: Ranges) -> Ranges:
    found: Ranges = []
    start = 0
    for first, last in _merged(ranges):
        if first > start:
            found.append((start, first - 1))
        start = last + 1
    return [*found, (start, _LAST)] if start <= _LAST else found


def _difference(ranges: Ranges, removed: Ranges) -> Ranges:
    return _complement([*_complement(ranges), *removed]) if removed else ranges


@lru_cache(maxsize=64)
def _hexadecimal(code: int) -> str:
    return f"\\x{{{code:X}}}"


def _class_text(ranges: Ranges) -> str:
    if not ranges:
        return r"[^\x{0}-\x{10FFFF}]"
    return (
        "[" + "".join(f"{_hexadecimal(first)}-{_hexadecimal(last)}" for first, last in ranges) + "]"
    )
