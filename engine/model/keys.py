"""Row keys: 63-bit integers ordered by time, shown to people and programs as strings."""

from __future__ import annotations

import os
import secrets
import threading
from datetime import UTC, datetime

#: 2025-01-01T00:00:00Z in milliseconds; 41 bits of milliseconds reach to 2094.
_EPOCH_MS = 1_735_689_600_000
_SEQUENCE_BITS = 10
_NODE_BITS = 12
_SEQUENCE_MASK = (1 << _SEQUENCE_BITS) - 1
#: What a column of keys can hold.
LARGEST_KEY = (1 << 63) - 1


class KeyGenerator:
    """Makes keys that never repeat within a node and hardly ever between nodes.

    A key is milliseconds since 2025 (41 bits), a random node number (12 bits) and a sequence
    (10 bits); uniqueness is guarded by the primary keys, the node number keeps several
    processes apart.
    """

    def __init__(self, node: int | None = None) -> None:
        """Take ``node`` (0..4095) or draw one."""
        self._node = secrets.randbelow(1 << _NODE_BITS) if node is None else node
        self._lock = threading.Lock()
        self._last = 0
        self._sequence = 0

    def next(self) -> int:
        """Return a new key, larger than all keys this generator made before."""
        with self._lock:
            moment = int(datetime.now(UTC).timestamp() * 1000) - _EPOCH_MS
            if moment <= self._last:
                moment = self._last
                self._sequence += 1
                if self._sequence > _SEQUENCE_MASK:
                    moment += 1
                    self._sequence = 0
            else:
                self._sequence = 0
            self._last = moment
            return (
                (moment << (_NODE_BITS + _SEQUENCE_BITS))
                | (self._node << _SEQUENCE_BITS)
                | self._sequence
            )


_generator = KeyGenerator()


def _begin_anew() -> None:
    global _generator
    _generator = KeyGenerator()


os.register_at_fork(after_in_child=_begin_anew)


def new_key() -> int:
    """Return a new key of this process."""
    return _generator.next()


def parse_key(text: str) -> int | None:
    """Return the key written as ``text``, or ``None`` when it cannot be one."""
    if text.isascii() and text.isdigit() and len(text) <= 19:
        key = int(text)
        return key if key <= LARGEST_KEY else None
    return None
