"""The lists of one person, and the numbers of the menu in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from engine.model.pools import Source, draft_pool
from engine.store.lists.done import DoneWork
from engine.store.lists.filters import ListFilter
from engine.store.lists.open_work import OpenWork
from engine.store.lists.page import COUNT_CAP, Tally
from engine.store.lists.rows import ListRows
from engine.store.lists.started import StartedMatters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.store.lists.ordered import ReadableList

#: Lines of each pool, newest first, that the mark of unread work looks at.
LOOKED_AT: Final = 500
_UNREAD: Final = "unread"


class Lists:
    """Reads the lists of one person inside one session.

    Attributes:
        boxes: every list by its name.
        open_work: 待办.
        drafts: 草稿.
        rows: fills in the lines of any list.
    """

    def __init__(self, session: Session, login: str, sources: Sequence[Source]) -> None:
        """Read for ``login``, whose open work stands in ``sources``."""
        self._session = session
        self.open_work = OpenWork(session, login, sources)
        self.drafts = OpenWork(session, login, [Source(pool=draft_pool(login))])
        self.boxes: Mapping[str, ReadableList] = {
            "todo": self.open_work,
            "done": DoneWork(session, login),
            "started": StartedMatters(session, login),
            "drafts": self.drafts,
        }
        self.rows = ListRows(session, login)

    def counts(self) -> tuple[dict[str, Tally], bool]:
        """Return the number of lines per list without filters, and whether any is unread."""
        everything = ListFilter()
        numbers = {
            name: readable.counted(everything, COUNT_CAP).label(name)
            for name, readable in self.boxes.items()
        }
        unread = self.open_work.newest_unread(LOOKED_AT).label(_UNREAD)
        row = self._session.execute(select(*numbers.values(), unread)).one()._mapping
        return {name: Tally.capped(row[name]) for name in numbers}, row[_UNREAD] > 0

    def chips(self, wanted: Mapping[str, ListFilter], cap: int) -> dict[str, Tally]:
        """Return several numbers of 待办, and under ``unread`` that of what was not opened.

        Each is exact up to ``cap``; of unread lines only the newest are looked at.
        """
        numbers = {
            name: self.open_work.counted(one, cap).label(name) for name, one in wanted.items()
        }
        numbers[_UNREAD] = self.open_work.newest_unread(LOOKED_AT).label(_UNREAD)
        row = self._session.execute(select(*numbers.values())).one()._mapping
        return {name: Tally.capped(row[name], cap) for name in numbers}
