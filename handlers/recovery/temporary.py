"""Temporary passwords that need not be stored to be sent: made from the installation's secret."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: From its issue on (catalogue H-3).
LIFETIME: Final = timedelta(minutes=30)
#: Without what is mixed up when read aloud or typed: 0 o, 1 l i.
_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS: Final = 3
_GROUP: Final = 4


def password_for(nonce: str, keyed: Callable[[str], bytes]) -> str:
    """Return the password for a nonce, e.g. ``k7mp-2wxq-9rtd``: 59 bits that only we can make.

    Args:
        nonce: drawn at the issue; worth nothing without the installation's secret.
        keyed: ``RecordContext.keyed`` or ``Job.keyed``.
    """
    signs = _signs(keyed(f"temporary-password/{nonce}"))
    return "-".join("".join(next(signs) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _signs(block: bytes) -> Iterator[str]:
    """Turn bytes into signs without favouring any: bytes past the last whole round are left."""
    bound = 256 - 256 % len(_SIGNS)
    while True:
        yield from (_SIGNS[byte % len(_SIGNS)] for byte in block if byte < bound)
        block = hashlib.sha256(block).digest()
