"""The lines of a whole list for a file: as narrowed and ordered, up to a cap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.commands.standing_in import sources
from engine.queries.list_rows import rows_of
from engine.queries.worklist import Narrowing
from engine.store.lists import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.queries.views import Box, WorklistRow

#: Lines of one file; who needs more narrows the list.
MOST_LINES: Final = 5000
#: Lines that are read at once.
_CHUNK: Final = 200


@dataclass(frozen=True, kw_only=True)
class ListLines:
    """Lines of a list.

    Attributes:
        rows: in the list's order.
        more: the list has further ones.
    """

    rows: Sequence[WorklistRow]
    more: bool


@dataclass(frozen=True, kw_only=True)
class WholeList:
    """Every line of one of the person's lists, at the most ``limit``.

    Attributes:
        box: which list.
        narrowing: what narrows and orders it.
        limit: 1 to ``MOST_LINES``.
    """

    box: Box
    narrowing: Narrowing = field(default_factory=Narrowing)
    limit: int = MOST_LINES

    def answer(self, services: Services) -> ListLines:
        """Read them, page after page of one state of the database."""
        lists = services.store.lists(services.actor.login, sources(services))
        readable, wanted = lists.boxes[self.box], self.narrowing.at(services.now)
        left, rows, cursor = min(max(self.limit, 1), MOST_LINES), [], None
        while True:
            page = readable.page(wanted, Span(size=min(_CHUNK, left), cursor=cursor))
            rows += rows_of(self.box, page.lines, lists, services)
            left -= len(page.lines)
            if not page.more or left == 0:
                return ListLines(rows=rows, more=page.more)
            cursor = page.lines[-1].cursor
