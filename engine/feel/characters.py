"""The only place that knows which characters are names, and which look like signs but are not.

Chinese input methods type full-width signs, which DMN's grammar (1.5 §10.3.1.2) counts among the
letters: ``采购金额＞100`` would be one long unknown name. They are refused, with the sign to type.
"""

from __future__ import annotations

import re

#: Python's letters without the full-width forms, and the symbols that the grammar adds. Writing
#: out the grammar's ranges would cost each pattern below several milliseconds at import.
_SYMBOLS = r"\u0483-\u1FFF\u200C\u200D\u2070-\u218F\u3012\u3013\U00010000-\U000EFFFF"
_START = rf"(?:[^\W\d\uFF00-\uFFEF]|[{_SYMBOLS}])"
_PART = rf"(?:[^\W\uFF00-\uFFEF]|[\u00B7\u0300-\u036F\u203F\u2040{_SYMBOLS}])"

#: One word of a name.
WORD = re.compile(f"{_START}{_PART}*")
#: A further word of a name; may begin with a digit.
NEXT_WORD = re.compile(rf"\s+({_PART}+)")
#: Whether a name goes on.
PART = re.compile(_PART)
#: A key of a context, a parameter or the name of an argument; may hold signs.
KEY = re.compile(rf"{_START}(?:{_PART}|[\s.+*'-]|/(?![/*]))*")
#: The name in front of the ``in`` of an iteration.
LOOP_NAME = re.compile(rf"{_START}(?:{_PART}|[\s.+*'/-])*?(?=\s+in(?!{_PART}))")
#: White space and comments (grammar rules 61 and 62).
BLANK = re.compile(
    r"(?:[\s\u0085\u1680\u180E\u200B\u202F\u205F\uFEFF]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*"
)
NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)

#: Words that end a name.
KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "true",
        "false",
        "null",
        "function",
        "external",
    ]
)

#: What people type → what the language reads.
_LOOKALIKES = {
    "＞": ">",
    "＜": "<",
    "＝": "=",
    "！": "!",
    "＋": "+",
    "－": "-",
    "—": "-",
    "–": "-",
    "＊": "*",
    "×": "*",
    "／": "/",
    "÷": "/",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "（": "(",
    "）": ")",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "《": "<",
    "》": ">",
    "“": '"',
    "”": '"',
    "„": '"',
    "＂": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "‘": '"',
    "’": '"',
    "＇": '"',
    "'": '"',
    "，": ",",
    "、": ",",
    "；": ",",
    ";": ",",
    "：": ":",
    "。": ".",
    "．": ".",
    "？": "?",
    "＠": "@",
    "…": "..",
    "％": "/ 100",
    "%": "/ 100",
    "＆": "and",
    "｜": "or",
}
_DOUBLED = {
    "==": "=",
    "＝＝": "=",
    "&&": "and",
    "||": "or",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "！＝": "!=",
    "＞＝": ">=",
    "＜＝": "<=",
    "＞=": ">=",
    "＜=": "<=",
    "！=": "!=",
    "……": "..",
    "——": "-",
    "＆＆": "and",
    "｜｜": "or",
}
_FIRST_FULL_WIDTH, _LAST_FULL_WIDTH, _TO_HALF_WIDTH = 0xFF01, 0xFF5E, 0xFEE0


def mistyped(text: str, pos: int) -> tuple[str, str] | None:
    """Return (what stands at ``pos``, what to type instead) when it is a known mistake."""
    double = text[pos : pos + 2]
    if double in _DOUBLED:
        return double, _DOUBLED[double]
    single = text[pos : pos + 1]
    if single in _LOOKALIKES:
        return single, _LOOKALIKES[single]
    if single and _FIRST_FULL_WIDTH <= ord(single) <= _LAST_FULL_WIDTH:
        return single, chr(ord(single) - _TO_HALF_WIDTH)
    return None


def is_name(text: str) -> bool:
    """Tell whether ``text`` may name a variable (signs such as ``-`` inside are legal)."""
    return KEY.fullmatch(text) is not None


def is_simple(name: str) -> bool:
    """Tell whether ``name`` is one word, so that no list of names is needed to read it."""
    return WORD.fullmatch(name) is not None and name not in KEYWORDS


def normalise_name(name: str) -> str:
    """Return ``name`` with single spaces."""
    return " ".join(name.split())
