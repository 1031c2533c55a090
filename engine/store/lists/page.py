"""What reading a list gives: keys in order, and numbers that end at a cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.store.lists.keyset import Cursor

#: Nobody works by a larger number, and counting a hundred thousand rows is not free.
COUNT_CAP: Final = 1000


@dataclass(frozen=True)
class Tally:
    """A number of lines, exact up to a cap.

    Attributes:
        number: how many; at the most the cap.
        more: there are more than that.
    """

    number: int
    more: bool = False

    @classmethod
    def capped(cls, found: int, cap: int = COUNT_CAP) -> Tally:
        """Take a count of at the most ``cap`` + 1 rows."""
        return cls(min(found, cap), more=found > cap)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.number > 0


@dataclass(frozen=True)
class Found:
    """One line of a list before it is filled in.

    Attributes:
        key: of the work item or matter.
        cursor: its place in the list's order.
        principal: login of the person for whom the reader stands in, empty for the own work.
    """

    key: int
    cursor: Cursor
    principal: str = ""


@dataclass(frozen=True)
class Page:
    """Some lines of a list.

    Attributes:
        lines: in the list's order.
        more: the list goes on in the direction in which it was read.
    """

    lines: Sequence[Found]
    more: bool

    @classmethod
    def of(cls, lines: list[Found], size: int, *, backwards: bool) -> Page:
        """Cut what was read (at the most ``size`` + 1 lines, in reading order) to a page."""
        kept = lines[:size]
        return cls(kept[::-1] if backwards else kept, more=len(lines) > size)


def cursor_of(row: Any, keys: int) -> Cursor:
    """Return the cursor of a row whose last ``keys`` columns are those of the order."""
    return tuple(row[-keys:])
