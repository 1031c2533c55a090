"""待阅, 已阅 and 抄送: what one person was sent to read, has read, and has sent to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select

from engine.store.lists.conditions import mentions
from engine.store.lists.keyset import Key
from engine.store.lists.ordered import OrderedList
from engine.store.tables import circulated_copy, circulation, process_instance

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Table

    from engine.store.lists.filters import ListFilter

_copy = circulated_copy.c


class UnreadCopies(OrderedList):
    """Reads the copies that one person has not read, the latest first."""

    keys = (Key(_copy.key, descending=True),)

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine = (_copy.receiver == bindparam("login"), _copy.read_at.is_(None))
        return [*mine, *_narrowed(circulated_copy, shape)]


class ReadCopies(OrderedList):
    """Reads the copies that one person has read, the last read first."""

    keys = (Key(_copy.read_at, descending=True), Key(_copy.key, descending=True))

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine = (_copy.receiver == bindparam("login"), _copy.read_at.is_not(None))
        return [*mine, *_narrowed(circulated_copy, shape)]


class SentCopies(OrderedList):
    """Reads what one person has sent to others, the latest first."""

    keys = (Key(circulation.c.key, descending=True),)

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        return [circulation.c.sender == bindparam("login"), *_narrowed(circulation, shape)]


def _narrowed(table: Table, shape: ListFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[Any]] = []
    if shape.process_id:
        found.append(table.c.process_id == bindparam("process"))
    if shape.search:
        texts = (func.lower(process_instance.c.title), func.lower(process_instance.c.number))
        named = select(process_instance.c.key).where(
            process_instance.c.key == table.c.root_key,
            or_(*(mentions(text, "lower") for text in texts)),
        )
        found.append(named.exists())
    return found
