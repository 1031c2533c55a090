"""The lists of one person, and the numbers of the menu in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from engine.model.pools import Source, draft_pool
from engine.store.lists.circulated import ReadCopies, SentCopies, UnreadCopies
from engine.store.lists.circulated_rows import CirculatedRows
from engine.store.lists.conditions import filter_values, shape_of
from engine.store.lists.done import DoneWork
from engine.store.lists.filters import ListFilter
from engine.store.lists.open_work import OpenWork, counted, newest_unread
from engine.store.lists.page import COUNT_CAP, Tally
from engine.store.lists.rows import ListRows
from engine.store.lists.started import StartedMatters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from engine.store.lists.ordered import ReadableList
    from engine.store.lists.pools import Size

#: Lines of each pool, newest first, that the mark of unread work looks at.
LOOKED_AT: Final = 500
_UNREAD: Final = "unread"
_EVERYTHING: Final = ListFilter()


class Lists:
    """Reads the lists of one person inside one session.

    Attributes:
        boxes: every list by its name.
        open_work: 待办.
        drafts: 草稿.
        rows: fills in the lines of work and matters.
        circulated: fills in the lines of copies.
    """

    def __init__(self, session: Session, login: str, sources: Sequence[Source]) -> None:
        """Read for ``login``, whose open work stands in ``sources``."""
        self._session = session
        self._login = login
        self.open_work = OpenWork(session, login, sources)
        self.drafts = OpenWork(session, login, [Source(pool=draft_pool(login))], "drafts")
        self.boxes: Mapping[str, ReadableList] = {
            "todo": self.open_work,
            "done": DoneWork(session, login),
            "started": StartedMatters(session, login),
            "drafts": self.drafts,
            "to_read": UnreadCopies(session, login),
            "read": ReadCopies(session, login),
            "sent": SentCopies(session, login),
        }
        self.rows = ListRows(session, login)
        self.circulated = CirculatedRows(session)

    def counts(self, chips: Mapping[str, ListFilter], chip_cap: int) -> Counts:
        """Return the numbers of the menu and of the quick filters, in one statement.

        Args:
            chips: filters of 待办 by name.
            chip_cap: no larger number of them is counted.
        """
        shapes = tuple((name, shape_of(one)) for name, one in chips.items())
        statement = _counts(self.open_work.pools.size, self.drafts.pools.size, shapes)
        values = self.open_work.pools.values | self.drafts.pools.values
        for name, one in chips.items():
            values |= filter_values(one, f"{name}_")
        values |= {"login": self._login, "cap": COUNT_CAP + 1, "looked_at": LOOKED_AT}
        values["chip_cap"] = chip_cap + 1
        row = self._session.execute(statement, values).one()._mapping
        return Counts(
            boxes={name: Tally.capped(row[f"box_{name}"]) for name in self.boxes},
            chips={name: Tally.capped(row[f"chip_{name}"], chip_cap) for name in chips},
            unread=Tally.capped(row[_UNREAD], chip_cap),
        )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Numbers of one person.

    Attributes:
        boxes: lines per list, without filters; of 待阅 all are unread.
        chips: lines of 待办 per quick filter.
        unread: lines of 待办 that were not opened, among the newest of each pool.
    """

    boxes: Mapping[str, Tally]
    chips: Mapping[str, Tally]
    unread: Tally


@lru_cache(256)
def _counts(
    open_work: Size, drafts: Size, chips: tuple[tuple[str, ListFilter], ...]
) -> Select[Any]:
    boxes = {
        "todo": counted(open_work, _EVERYTHING),
        "done": DoneWork.counted(_EVERYTHING),
        "started": StartedMatters.counted(_EVERYTHING),
        "drafts": counted(drafts, _EVERYTHING),
        "to_read": UnreadCopies.counted(_EVERYTHING),
        "read": ReadCopies.counted(_EVERYTHING),
        "sent": SentCopies.counted(_EVERYTHING),
    }
    numbers: list[Any] = [
        *(number.label(f"box_{name}") for name, number in boxes.items()),
        *(
            counted(open_work, shape, f"{name}_", "chip_cap").label(f"chip_{name}")
            for name, shape in chips
        ),
        newest_unread(open_work).label(_UNREAD),
    ]
    return select(*numbers)
