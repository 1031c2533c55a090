"""已办: what one person has completed, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, literal_column, or_, select

from engine.store.lists.conditions import mentions
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

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine: list[ColumnElement[bool]] = [_item.ended_by == bindparam("login"), _COMPLETED]
        if shape.process_id:
            mine.append(_item.root_process_id == bindparam("process"))
        if shape.search:
            mine.append(_item.key.in_(cls._mentioning(mine)))
        return mine

    @classmethod
    def _mentioning(cls, mine: list[ColumnElement[bool]]) -> Select[Any]:
        latest = (
            select(_item.key, _item.root_key, _item.name)
            .where(*mine)
            .order_by(*order_by(cls.keys, backwards=False))
            .limit(SEARCHED)
            .subquery()
        )
        texts = (process_instance.c.title, process_instance.c.number, latest.c.name)
        return (
            select(latest.c.key)
            .join(process_instance, process_instance.c.key == latest.c.root_key)
            .where(or_(*(mentions(func.lower(text), "lower") for text in texts)))
        )
