"""Drawing without replacement from a seed, without favouring anybody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD: Final = 8
_WORDS: Final = 2 ** (8 * _WORD)


class PoolShortError(Exception):
    """A group has fewer candidates than are needed.

    Attributes:
        group: its name.
        needed: how many.
        available: how many there are.
    """

    def __init__(self, group: str, needed: int, available: int) -> None:
        """Say which group."""
        super().__init__(f"{group}: {needed} needed, {available} available")
        self.group, self.needed, self.available = group, needed, available


@dataclass(frozen=True, kw_only=True)
class Need:
    """How many are drawn from a group; ``count`` >= 1."""

    group: str
    count: int


class Numbers:
    """Uniform whole numbers from a seed.

    Block i is SHA-256(seed ‖ i as 8 bytes, big-endian), i = 0, 1, …; each block gives four words
    of 8 bytes, big-endian. A word at or above the largest multiple of n is rejected, so that the
    remainder favours nobody (NIST SP 800-90A Rev. 1, B.5.1.1, the simple discard method).
    """

    def __init__(self, seed: bytes) -> None:
        """Begin with block 0."""
        self._words = _words(seed)

    def below(self, n: int) -> int:
        """Return the next number of 0 … n-1, each as likely as the others; n >= 1."""
        bound = _WORDS - _WORDS % n
        while (word := next(self._words)) >= bound:
            pass
        return word % n


def _words(seed: bytes) -> Iterator[int]:
    number = 0
    while True:
        block = hashlib.sha256(seed + number.to_bytes(_WORD, "big")).digest()
        for start in range(0, len(block), _WORD):
            yield int.from_bytes(block[start : start + _WORD], "big")
        number += 1


def pick(numbers: Numbers, candidates: Sequence[str], count: int) -> tuple[str, ...]:
    """Return ``count`` of ``candidates`` in the order drawn (Fisher–Yates, the first steps)."""
    pool = list(candidates)
    for place in range(count):
        other = place + numbers.below(len(pool) - place)
        pool[place], pool[other] = pool[other], pool[place]
    return tuple(pool[:count])


def draw(
    seed: bytes, groups: Mapping[str, Sequence[str]], needs: Sequence[Need]
) -> dict[str, tuple[str, ...]]:
    """Draw every need in its order; who was drawn for one group is not drawn for another.

    Raises:
        PoolShortError: a group has fewer candidates than are needed.
    """
    numbers = Numbers(seed)
    drawn: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for need in needs:
        candidates = [name for name in sorted(groups.get(need.group, ())) if name not in taken]
        if len(candidates) < need.count:
            raise PoolShortError(need.group, need.count, len(candidates))
        drawn[need.group] = pick(numbers, candidates, need.count)
        taken.update(drawn[need.group])
    return drawn
