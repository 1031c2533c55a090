"""我发起的: the matters that one person has started and submitted, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_

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

    def conditions(self, wanted: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        mine = [
            _matter.initiator == self._login,
            _matter.parent_key.is_(None),
            _matter.submitted,
        ]
        if wanted.process_id:
            mine.append(_matter.process_id == wanted.process_id)
        if wanted.search:
            mine.append(
                or_(
                    _matter.title.icontains(wanted.search, autoescape=True),
                    _matter.number.icontains(wanted.search, autoescape=True),
                )
            )
        return mine
