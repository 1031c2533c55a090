"""A list that is one table read along one index, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from sqlalchemy import func, select

from engine.store.lists.keyset import beyond, order_by, read
from engine.store.lists.page import COUNT_CAP, Found, Page, Tally, cursor_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from engine.store.lists.filters import ListFilter, Span
    from engine.store.lists.keyset import Cursor, Key


class ReadableList(Protocol):
    """What every list can be asked."""

    def cursor(self, text: str, wanted: ListFilter) -> Cursor | None:
        """Return the place that ``text`` names, ``None`` when it is none of this list."""

    def page(self, wanted: ListFilter, span: Span) -> Page:
        """Return the lines of a span."""

    def count(self, wanted: ListFilter, cap: int = COUNT_CAP) -> Tally:
        """Return how many lines there are, exactly up to ``cap``."""

    def counted(self, wanted: ListFilter, cap: int = COUNT_CAP) -> ColumnElement[int]:
        """Return the number of lines, at the most ``cap`` + 1, as part of a statement."""


class OrderedList:
    """Reads one person's rows of a table; the last of ``keys`` is the row's key."""

    keys: ClassVar[tuple[Key, ...]]

    def __init__(self, session: Session, login: str) -> None:
        """Read for ``login``."""
        self._session = session
        self._login = login

    def conditions(self, wanted: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        raise NotImplementedError

    def cursor(self, text: str, wanted: ListFilter) -> Cursor | None:
        """Return the place that ``text`` names, ``None`` when it is none of this list."""
        return read(text, self.keys)

    def page(self, wanted: ListFilter, span: Span) -> Page:
        """Return the lines of a span."""
        conditions = self.conditions(wanted)
        if span.cursor is not None:
            conditions.append(beyond(self.keys, span.cursor, backwards=span.backwards))
        statement = (
            select(*(key.column for key in self.keys))
            .where(*conditions)
            .order_by(*order_by(self.keys, backwards=span.backwards))
            .limit(span.size + 1)
        )
        rows = self._session.execute(statement)
        lines = [Found(row[-1], cursor_of(row, len(self.keys))) for row in rows]
        return Page.of(lines, span.size, backwards=span.backwards)

    def count(self, wanted: ListFilter, cap: int = COUNT_CAP) -> Tally:
        """Return how many lines there are, exactly up to ``cap``."""
        found = self._session.execute(select(self.counted(wanted, cap))).scalar_one()
        return Tally.capped(found, cap)

    def counted(self, wanted: ListFilter, cap: int = COUNT_CAP) -> ColumnElement[int]:
        """Return the number of lines, at the most ``cap`` + 1, as part of a statement."""
        lines = (
            select(self.keys[0].column)
            .where(*self.conditions(wanted))
            .order_by(*order_by(self.keys, backwards=False))
            .limit(cap + 1)
        )
        return select(func.count()).select_from(lines.subquery()).scalar_subquery()
