"""A list that is one table read along one index, the latest first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from sqlalchemy import bindparam, func, select

from engine.store.lists.conditions import search_values, shape_of
from engine.store.lists.keyset import beyond, cursor_values, order_by, read
from engine.store.lists.page import COUNT_CAP, Found, Page, Tally, cursor_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sqlalchemy import ColumnElement, Select
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


class OrderedList:
    """Reads one person's rows of a table; the last of ``keys`` is the row's key.

    Statements are built once for each shape of a filter, with the parameters ``login``,
    ``process``, ``words`` and ``lower``.
    """

    keys: ClassVar[tuple[Key, ...]]

    def __init__(self, session: Session, login: str) -> None:
        """Read for ``login``."""
        self._session = session
        self._login = login

    @classmethod
    def conditions(cls, shape: ListFilter) -> list[ColumnElement[bool]]:
        """Return what belongs to the list and passes the filter."""
        raise NotImplementedError

    @classmethod
    def counted(cls, shape: ListFilter) -> ColumnElement[int]:
        """Return the number of lines, at the most the parameter ``cap``, inside a statement."""
        lines = (
            select(cls.keys[0].column)
            .where(*cls.conditions(shape))
            .order_by(*order_by(cls.keys, backwards=False))
            .limit(bindparam("cap"))
        )
        return select(func.count()).select_from(lines.subquery()).scalar_subquery()

    def cursor(self, text: str, wanted: ListFilter) -> Cursor | None:
        """Return the place that ``text`` names, ``None`` when it is none of this list."""
        return read(text, self.keys)

    def page(self, wanted: ListFilter, span: Span) -> Page:
        """Return the lines of a span."""
        placed = span.cursor is not None
        statement = _page(self._kind, shape_of(wanted), placed=placed, backwards=span.backwards)
        values = self._values(wanted) | cursor_values(span.cursor) | {"limit": span.size + 1}
        rows = self._session.execute(statement, values)
        lines = [Found(row[-1], cursor_of(row, len(self.keys))) for row in rows]
        return Page.of(lines, span.size, backwards=span.backwards)

    def count(self, wanted: ListFilter, cap: int = COUNT_CAP) -> Tally:
        """Return how many lines there are, exactly up to ``cap``."""
        statement = _count(self._kind, shape_of(wanted))
        found = self._session.execute(statement, self._values(wanted) | {"cap": cap + 1})
        return Tally.capped(found.scalar_one(), cap)

    @property
    def _kind(self) -> Hashable:
        """The class, which mypy does not take for hashable."""
        return cast("Hashable", type(self))

    def _values(self, wanted: ListFilter) -> dict[str, Any]:
        found: dict[str, Any] = {"login": self._login}
        if wanted.process_id:
            found["process"] = wanted.process_id
        if wanted.search:
            found |= search_values(wanted.search)
        return found


@lru_cache(256)
def _page(kind: Any, shape: ListFilter, *, placed: bool, backwards: bool) -> Select[Any]:
    conditions = kind.conditions(shape)
    if placed:
        conditions.append(beyond(kind.keys, backwards=backwards))
    return (
        select(*(key.column for key in kind.keys))
        .where(*conditions)
        .order_by(*order_by(kind.keys, backwards=backwards))
        .limit(bindparam("limit"))
    )


@lru_cache(256)
def _count(kind: Any, shape: ListFilter) -> Select[Any]:
    return select(kind.counted(shape))
