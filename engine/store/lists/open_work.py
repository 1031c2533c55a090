"""待办 and 草稿: what is listed in the pools that a person reads.

Every pool is an index range in the list's order, so a page is a merge of a few short reads. A work
item that stands in two of the pools is taken once, from the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import distinct, func, literal, select, union_all

from engine.store.entries import NEVER, headline_of
from engine.store.lists.conditions import narrowed, unread
from engine.store.lists.filters import Group, ListFilter, Sort, Span
from engine.store.lists.keyset import Key, beyond, order_by, read
from engine.store.lists.page import COUNT_CAP, Found, Page, Tally, cursor_of
from engine.store.tables import process_instance, work_item, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select, Subquery
    from sqlalchemy.orm import Session

    from engine.model.pools import Source
    from engine.store.lists.keyset import Cursor

_entry = worklist_entry.c
_GROUPS = {
    Group.NONE: (),
    Group.PROCESS: (Key(_entry.process_id),),
    Group.UNIT: (Key(_entry.unit),),
}
_SORTS = {
    Sort.DUE: (Key(_entry.due_order), Key(_entry.work_item_key)),
    Sort.NEWEST: (Key(_entry.work_item_key, descending=True),),
    Sort.OLDEST: (Key(_entry.work_item_key),),
    Sort.TITLE: (Key(_entry.headline), Key(_entry.work_item_key)),
    Sort.STEP: (Key(_entry.step), Key(_entry.due_order), Key(_entry.work_item_key)),
    Sort.UNIT: (Key(_entry.unit), Key(_entry.due_order), Key(_entry.work_item_key)),
}


def keys_of(wanted: ListFilter) -> tuple[Key, ...]:
    """Return what a list of open work is ordered by."""
    return (*_GROUPS[wanted.group], *_SORTS[wanted.sort])


class OpenWork:
    """Reads the pools of one person inside one session."""

    def __init__(self, session: Session, login: str, sources: Sequence[Source]) -> None:
        """Read ``sources``, at least one; the earlier one wins for a line that is in two."""
        self._session = session
        self._login = login
        self._sources = sources

    def cursor(self, text: str, wanted: ListFilter) -> Cursor | None:
        """Return the place that ``text`` names, ``None`` when it is none of this list."""
        return read(text, keys_of(wanted))

    def cursor_at(self, key: int, wanted: ListFilter) -> Cursor | None:
        """Return the place of a work item, also when it has left the list; ``None`` if unknown."""
        row = self._session.execute(
            select(
                work_item.c.key.label("work_item_key"),
                work_item.c.due_at,
                work_item.c.name,
                work_item.c.root_process_id.label("process_id"),
                process_instance.c.unit,
                process_instance.c.title,
                process_instance.c.number,
            )
            .join(process_instance, process_instance.c.key == work_item.c.root_key)
            .where(work_item.c.key == key)
        ).one_or_none()
        if row is None:
            return None
        values = row._asdict() | {
            "due_order": row.due_at or NEVER,
            "headline": headline_of(row.title, row.number),
            "step": row.name.lower(),
        }
        return tuple(values[str(order.column.key)] for order in keys_of(wanted))

    def page(self, wanted: ListFilter, span: Span) -> Page:
        """Return the lines of a span."""
        keys = keys_of(wanted)
        columns = [key.column.label(f"k{place}") for place, key in enumerate(keys)]
        conditions = []
        if span.cursor is not None:
            conditions.append(beyond(keys, span.cursor, backwards=span.backwards))
        merged = self._merged(columns, wanted, conditions, span)
        order = order_by(
            [Key(merged.c[f"k{place}"], key.descending) for place, key in enumerate(keys)],
            backwards=span.backwards,
        )
        rows = self._session.execute(select(merged).order_by(*order)).all()
        return Page.of(self._once(rows, len(keys)), span.size, backwards=span.backwards)

    def count(self, wanted: ListFilter, cap: int = COUNT_CAP) -> Tally:
        """Return how many lines there are, exactly up to ``cap``."""
        found = self._session.execute(select(self.counted(wanted, cap))).scalar_one()
        return Tally.capped(found, cap)

    def counted(self, wanted: ListFilter, cap: int = COUNT_CAP) -> ColumnElement[int]:
        """Return the number of lines, at the most ``cap`` + 1, as part of a statement.

        Lines of one pool are distinct: when none was cut off, what is left after removing doubles
        is exact; else it is above the cap.
        """
        lines = self._lines(wanted, cap + 1)
        return select(func.count(distinct(lines.c.key))).scalar_subquery()

    def newest_unread(self, look_at: int) -> ColumnElement[int]:
        """Return how many of the newest ``look_at`` lines of each pool were not opened."""
        lines = self._lines(ListFilter(sort=Sort.NEWEST), look_at)
        return (
            select(func.count(distinct(lines.c.key)))
            .where(unread(lines.c.key, self._login))
            .scalar_subquery()
        )

    def processes(self) -> list[str]:
        """Return the root processes that occur, by hopping over the index from one to the next."""
        start = union_all(
            *(
                select(
                    literal(source.pool).label("pool"),
                    select(func.min(_entry.process_id))
                    .where(_entry.pool == source.pool)
                    .scalar_subquery()
                    .label("process_id"),
                )
                for source in self._sources
            )
        ).subquery()
        hop = select(start.c.pool, start.c.process_id).cte("hop", recursive=True)
        following = (
            select(func.min(_entry.process_id))
            .where(_entry.pool == hop.c.pool, _entry.process_id > hop.c.process_id)
            .scalar_subquery()
        )
        hop = hop.union_all(select(hop.c.pool, following).where(hop.c.process_id.is_not(None)))
        statement = select(hop.c.process_id).where(hop.c.process_id.is_not(None)).distinct()
        return sorted(self._session.execute(statement).scalars())

    def _lines(self, wanted: ListFilter, limit: int) -> Subquery:
        return self._merged([], wanted, [], Span(size=limit - 1))

    def _merged(
        self,
        columns: Sequence[ColumnElement[Any]],
        wanted: ListFilter,
        conditions: Sequence[ColumnElement[bool]],
        span: Span,
    ) -> Subquery:
        """Return the first lines of every pool (one more than the span's size) one after another.

        Each is ordered, although the whole is ordered again: the order makes the index the way to
        read it, and reading ends at the limit.
        """
        order = order_by(keys_of(wanted), backwards=span.backwards)
        arms = (
            self._arm(place, columns, wanted)
            .where(*conditions)
            .order_by(*order)
            .limit(span.size + 1)
            for place in range(len(self._sources))
        )
        return union_all(*(select(arm.subquery()) for arm in arms)).subquery()

    def _arm(
        self, place: int, columns: Sequence[ColumnElement[Any]], wanted: ListFilter
    ) -> Select[Any]:
        source = self._sources[place]
        conditions = [_entry.pool == source.pool, *narrowed(wanted, self._login)]
        if source.division:
            conditions.append(_entry.division.startswith(source.division, autoescape=True))
        if source.processes:
            conditions.append(_entry.process_id.in_(source.processes))
        return select(
            literal(place).label("place"), _entry.work_item_key.label("key"), *columns
        ).where(*conditions)

    def _once(self, rows: Sequence[Any], keys: int) -> list[Found]:
        """Take every work item once, from the first of the pools in which it stands."""
        place: dict[int, int] = {}
        for row in rows:
            place[row.key] = min(row.place, place.get(row.key, row.place))
        return [
            Found(row.key, cursor_of(row, keys), self._sources[row.place].principal)
            for row in rows
            if place[row.key] == row.place
        ]
