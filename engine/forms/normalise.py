"""What typing with Chinese input methods leaves behind, brought to one form before any check."""

from __future__ import annotations

import unicodedata

_FULL_WIDTH: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ASCII_NUMERALS: dict[int, int | str] = {
    **_FULL_WIDTH,
    ord("。"): ".",
    ord("—"): "-",
    ord("–"): "-",
    ord("−"): "-",
    ord("－"): "-",
}
_KEPT_CONTROLS = "\n\t"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def clean_text(text: str) -> str:
    r"""Return text as it is stored.

    Line ends become ``\\n`` (browsers send ``\\r\\n``), control characters that no database takes
    and lone surrogates go, characters are composed (NFC), outer white space (also the ideographic
    space and zero-width characters) goes.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        one
        for one in lines
        if one in _KEPT_CONTROLS or unicodedata.category(one) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", kept).strip().strip(_INVISIBLE).strip()


def one_line(text: str) -> str:
    """Return cleaned text on a single line."""
    return (
        " ".join(clean_text(text).split("\n")) if "\n" in text or "\r" in text else clean_text(text)
    )


def numerals(text: str) -> str:
    """Return cleaned text with full-width digits, signs and stops as ASCII."""
    return clean_text(text).translate(_ASCII_NUMERALS).strip()
