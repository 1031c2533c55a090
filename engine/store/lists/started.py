"""我发起的: the matters that one person has started and submitted, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_

from engine.store.lists.conditions import mentions
from engine.store.lists.keyset import Key
from engine.store.lists.ordered import OrderedList
from engine.store.tables import process_instance

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from engine.store.lists.filters import ListFilter

_matter = process_instance.c


class StartedMatters(OrderedList):
    """Reads the matters of one initiator inside one session."""

    keys = (Key(_matter.started_at, descending=True), Key(_matter.key, descending=True))

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine: list[ColumnElement[bool]] = [
            _matter.initiator == bindparam("login"),
            _matter.parent_key.is_(None),
            _matter.submitted,
        ]
        if shape.process_id:
            mine.append(_matter.process_id == bindparam("process"))
        if shape.search:
            texts = (func.lower(_matter.title), func.lower(_matter.number))
            mine.append(or_(*(mentions(text, "lower") for text in texts)))
        return mine
