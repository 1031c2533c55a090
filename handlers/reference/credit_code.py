"""Unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH: Final = 18


def is_credit_code(text: str) -> bool:
    """Tell whether ``text`` is 18 signs of the alphabet with the right check character.

    GB 32100-2015, 5.2: the weights are 3^i mod 31, the check value is 31 - (sum mod 31).
    """
    if len(text) != _LENGTH or any(sign not in _SIGNS for sign in text):
        return False
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:-1]))
    return _SIGNS.index(text[-1]) == -total % 31
