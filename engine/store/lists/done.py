"""已办: what one person has completed, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import literal_column, or_, select

from engine.store.lists.keyset import Key, order_by
from engine.store.lists.ordered import OrderedList
from engine.store.tables import process_instance, work_item

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from engine.store.lists.filters import ListFilter

_item = work_item.c
#: How many of the latest lines a search looks at: finished matters stand in no index of titles.
SEARCHED: Final = 5_000
#: As the index says it: a bound value would not be known to fit.
_COMPLETED: Final = _item.state == literal_column("'completed'")


class DoneWork(OrderedList):
    """Reads the completed work items of one person inside one session."""

    keys = (Key(_item.ended_at, descending=True), Key(_item.key, descending=True))

    def conditions(self, wanted: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine: list[ColumnElement[bool]] = [_item.ended_by == self._login, _COMPLETED]
        if wanted.process_id:
            mine.append(_item.root_process_id == wanted.process_id)
        if wanted.search:
            mine.append(_item.key.in_(self._mentioning(wanted.search, mine)))
        return mine

    def _mentioning(self, words: str, mine: list[ColumnElement[bool]]) -> Select[Any]:
        latest = (
            select(_item.key, _item.root_key, _item.name)
            .where(*mine)
            .order_by(*order_by(self.keys, backwards=False))
            .limit(SEARCHED)
            .subquery()
        )
        return (
            select(latest.c.key)
            .join(process_instance, process_instance.c.key == latest.c.root_key)
            .where(
                or_(
                    process_instance.c.title.icontains(words, autoescape=True),
                    process_instance.c.number.icontains(words, autoescape=True),
                    latest.c.name.icontains(words, autoescape=True),
                )
            )
        )
