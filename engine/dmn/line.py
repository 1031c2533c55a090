"""Ordered values (numbers or dates) cut at points: interval, point, interval, …, interval."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from engine import feel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.dmn.cells import Between


class Kind(StrEnum):
    """What kind of values a region holds."""

    NULL = "null"
    BOOLEAN = "boolean"
    NUMBER = "number"
    DATE = "date"
    STRING = "string"


@dataclass(frozen=True)
class Region:
    """Values that every cell of a column treats alike.

    Attributes:
        kind: of the values.
        example: one of them.
        empty: no value is inside, e.g. between two neighbouring days.
    """

    kind: Kind
    example: object
    empty: bool = False


class Line:
    """The regions of one ordered kind."""

    def __init__(self, kind: Kind, points: Iterable[object], offset: int) -> None:
        """Cut at ``points``; the first region has the number ``offset``."""
        self._kind = kind
        self._offset = offset
        self._keys = sorted({self.key(point) for point in points})

    @staticmethod
    def key(value: object) -> Decimal:
        """Return what orders ``value``: itself, or the number of the day."""
        if isinstance(value, feel.Date):
            return Decimal(value.number)
        if isinstance(value, Decimal):
            return value
        message = f"not an ordered value: {type(value).__name__}"
        raise TypeError(message)

    def regions(self) -> list[Region]:
        """Return the regions in order, each with an example."""
        found: list[Region] = []
        for index in range(len(self._keys) + 1):
            found.append(self._interval(index))
            if index < len(self._keys):
                found.append(Region(self._kind, self._value(self._keys[index])))
        return found

    def locate(self, value: object) -> int:
        """Return the region of ``value``."""
        key = self.key(value)
        index = bisect_left(self._keys, key)
        at_point = index < len(self._keys) and self._keys[index] == key
        return self._offset + 2 * index + at_point

    def between(self, part: Between) -> Sequence[int]:
        """Return the regions inside an interval whose ends are points of this line."""
        first = self._offset if part.low is None else self.locate(part.low)
        last = self._offset + 2 * len(self._keys) if part.high is None else self.locate(part.high)
        if part.low is not None and not part.low_included:
            first += 1
        if part.high is not None and not part.high_included:
            last -= 1
        return range(first, last + 1)

    def _interval(self, index: int) -> Region:
        """Return the interval before point ``index`` with a round value where it can be."""
        low = self._keys[index - 1] if index else None
        high = self._keys[index] if index < len(self._keys) else None
        if self._kind is Kind.DATE and low is not None and high is not None and high - low <= 1:
            return Region(self._kind, None, empty=True)
        return Region(self._kind, self._value(_inside(low, high)))

    def _value(self, key: Decimal) -> object:
        return feel.Date.from_number(int(key)) if self._kind is Kind.DATE else key


def _inside(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is not None and high is not None and high - low <= 1:
        return (low + high) / 2
    if low is not None:
        return low + 1
    return Decimal(0) if high is None else high - 1
