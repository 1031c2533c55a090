"""The only door to google-re2: XPath regular expressions in linear time (XPath 3.1 §5.6)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.feel.errors import NullResultError
from engine.feel.limits import MAX_PATTERN, check_matches, check_string_size
from engine.feel.regular_syntax import Translator, bad_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_FLAGS = frozenset("smixq")


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str = "") -> Any:  # re2 has no types
    """Return the compiled pattern.

    Raises:
        NullResultError: the pattern or a flag is wrong, or needs what linear-time matching
            lacks (back references, look-around).
    """
    import re2  # noqa: PLC0415, RUF100 (slow import)

    if not _FLAGS.issuperset(flags):
        raise NullResultError(
            f"正则表达式的标志“{flags}”无效。", f'Invalid flags "{flags}" of a regular expression.'
        )
    if len(pattern) > MAX_PATTERN:
        raise bad_pattern("过长", "too long", pattern, MAX_PATTERN)
    translated = Translator(pattern, flags).translate()
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(translated, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        text = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise bad_pattern(f"不受支持（{text}）", f"not supported ({text})", pattern, 0) from None


def matches(text: str, pattern: str, flags: str | None = None) -> bool:
    """Tell whether ``pattern`` occurs in ``text``."""
    return compile_pattern(pattern, flags or "").search(text) is not None


def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Replace every occurrence; ``$1`` stands for a group, ``$0`` for the whole match."""
    compiled = compile_pattern(pattern, flags or "")
    expand = _expander(replacement, compiled.groups)
    pieces: list[str] = []
    size = last = 0
    for count, match in enumerate(compiled.finditer(text)):
        check_matches(count)
        pieces.append(text[last : match.start()])
        pieces.append(expand(match))
        last = match.end()
        size += len(pieces[-1]) + len(pieces[-2])
        check_string_size(size)
    pieces.append(text[last:])
    check_string_size(size + len(pieces[-1]))
    return "".join(pieces)


def split(text: str, pattern: str) -> list[object]:
    """Return the pieces between the occurrences of ``pattern``, empty ones too."""
    pieces: list[object] = []
    last = 0
    for match in compile_pattern(pattern).finditer(text):
        if match.end() > match.start():
            pieces.append(text[last : match.start()])
            last = match.end()
            check_matches(len(pieces))
    return [*pieces, text[last:]]


def _expander(replacement: str, groups: int) -> Callable[[Any], str]:
    """Return a function that fills the groups of a match into ``replacement``."""
    parts: list[str | int] = []
    pos = 0
    while pos < len(replacement):
        sign, following = replacement[pos], replacement[pos + 1 : pos + 2]
        if sign == "$" and following.isdigit():
            group, pos = _group_number(replacement, pos + 1, groups)
            parts.append(group)
        elif sign == "\\" and following in {"$", "\\"} and following:
            parts.append(following)
            pos += 2
        else:
            parts.append(sign)
            pos += 1

    def expand(match: Any) -> str:  # re2 has no types
        return "".join(_filled(part, match, groups) for part in parts)

    return expand


def _filled(part: str | int, match: Any, groups: int) -> str:  # re2 has no types
    if isinstance(part, str):
        return part
    return (match.group(part) or "") if part <= groups else ""


def _group_number(replacement: str, pos: int, groups: int) -> tuple[int, int]:
    """Read the longest group number that exists; (number, position behind it)."""
    number, end = int(replacement[pos]), pos + 1
    while end < len(replacement) and replacement[end].isdigit():
        longer = number * 10 + int(replacement[end])
        if longer > groups:
            break
        number, end = longer, end + 1
    return number, end
