"""待办 and 草稿: what is listed in the pools that a person reads.

Every pool is an index range in the list's order, so a page is a merge of a few short reads. A work
item that stands in two of the pools is taken once. Statements are built once for each shape of a
question: building and planning one costs many times what its index ranges cost.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, distinct, func, select

from engine.store.entries import NEVER, headline_of
from engine.store.lists.conditions import filter_values, narrowed, shape_of, unread
from engine.store.lists.filters import Group, ListFilter, Sort, Span
from engine.store.lists.keyset import Key, beyond, cursor_values, order_by, read
from engine.store.lists.page import COUNT_CAP, Found, Page, Tally, cursor_of
from engine.store.lists.pools import Pools, Reading, Size, merged, pool_names
from engine.store.tables import process_instance, work_item, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from engine.model.pools import Source
    from engine.store.lists.keyset import Cursor

_entry = worklist_entry.c
_GROUPS: Final[dict[Group, tuple[Key, ...]]] = {
    Group.NONE: (),
    Group.PROCESS: (Key(_entry.process_id),),
    Group.UNIT: (Key(_entry.unit),),
}
_SORTS: Final[dict[Sort, tuple[Key, ...]]] = {
    Sort.DUE: (Key(_entry.due_order), Key(_entry.work_item_key)),
    Sort.NEWEST: (Key(_entry.work_item_key, descending=True),),
    Sort.OLDEST: (Key(_entry.work_item_key),),
    Sort.TITLE: (Key(_entry.headline), Key(_entry.work_item_key)),
    Sort.STEP: (Key(_entry.step), Key(_entry.due_order), Key(_entry.work_item_key)),
    Sort.UNIT: (Key(_entry.unit), Key(_entry.due_order), Key(_entry.work_item_key)),
}
#: What people ask in many ways; a statement that is asked seldom is built again.
_KEPT_STATEMENTS: Final = 512


def keys_of(wanted: ListFilter) -> tuple[Key, ...]:
    """Return what a list of open work is ordered by."""
    return (*_GROUPS[wanted.group], *_SORTS[wanted.sort])


@lru_cache(_KEPT_STATEMENTS)
def _page(size: Size, shape: ListFilter, *, placed: bool, backwards: bool) -> Select[Any]:
    keys = keys_of(shape)
    conditions = narrowed(shape)
    if placed:
        conditions = (*conditions, beyond(keys, backwards=backwards))
    lines = merged(
        size,
        Reading(
            columns=tuple(key.column.label(f"k{place}") for place, key in enumerate(keys)),
            conditions=conditions,
            keys=keys,
            backwards=backwards,
        ),
    )
    read_again = [Key(lines.c[f"k{n}"], key.descending) for n, key in enumerate(keys)]
    return select(lines).order_by(*order_by(read_again, backwards=backwards))


@lru_cache(_KEPT_STATEMENTS)
def _count(size: Size, shape: ListFilter) -> Select[Any]:
    return select(counted(size, shape))


@lru_cache
def _place() -> Select[Any]:
    return (
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
        .where(work_item.c.key == bindparam("item"))
    )


def counted(
    size: Size, shape: ListFilter, prefix: str = "", cap: str = "cap"
) -> ColumnElement[int]:
    """Return the number of lines, at the most the parameter ``cap``, as part of a statement.

    Lines of one pool are distinct: when none was cut off, what is left after removing doubles is
    exact; else there are at least as many as the cap.
    """
    keys = keys_of(shape)
    lines = merged(size, Reading(conditions=narrowed(shape, prefix), keys=keys, limit=cap))
    return select(func.count(distinct(lines.c.key))).scalar_subquery()


def newest_unread(size: Size) -> ColumnElement[int]:
    """Return how many of the newest ``looked_at`` lines of each pool were not opened."""
    lines = merged(size, Reading(keys=_SORTS[Sort.NEWEST], limit="looked_at"))
    return select(func.count(distinct(lines.c.key))).where(unread(lines.c.key)).scalar_subquery()


@lru_cache(64)
def _hops(size: Size) -> Select[Any]:
    """Hop over the index from one root process to the next, in every pool."""
    names = pool_names(size)
    first = select(func.min(_entry.process_id)).where(_entry.pool == names.c.pool).scalar_subquery()
    hop = select(names.c.pool, first.label("process_id")).cte("hop", recursive=True)
    following = (
        select(func.min(_entry.process_id))
        .where(_entry.pool == hop.c.pool, _entry.process_id > hop.c.process_id)
        .scalar_subquery()
    )
    hop = hop.union_all(select(hop.c.pool, following).where(hop.c.process_id.is_not(None)))
    return select(hop.c.process_id).where(hop.c.process_id.is_not(None)).distinct()


class OpenWork:
    """Reads the pools of one person inside one session.

    Attributes:
        pools: what is read.
    """

    def __init__(
        self, session: Session, login: str, sources: Sequence[Source], name: str = "pool"
    ) -> None:
        """Read ``sources``, at least one; ``name`` tells them apart inside one statement."""
        self._session = session
        self._login = login
        self.pools = Pools(sources, name)

    def cursor(self, text: str, wanted: ListFilter) -> Cursor | None:
        """Return the place that ``text`` names, ``None`` when it is none of this list."""
        return read(text, keys_of(wanted))

    def cursor_at(self, key: int, wanted: ListFilter) -> Cursor | None:
        """Return the place of a work item, also when it has left the list; ``None`` if unknown."""
        row = self._session.execute(_place(), {"item": key}).one_or_none()
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
        placed = span.cursor is not None
        statement = _page(
            self.pools.size, shape_of(wanted), placed=placed, backwards=span.backwards
        )
        values = self._values(wanted) | cursor_values(span.cursor) | {"limit": span.size + 1}
        rows = self._session.execute(statement, values).all()
        return Page.of(self._once(rows, len(keys_of(wanted))), span.size, backwards=span.backwards)

    def count(self, wanted: ListFilter, cap: int = COUNT_CAP) -> Tally:
        """Return how many lines there are, exactly up to ``cap``."""
        statement = _count(self.pools.size, shape_of(wanted))
        found = self._session.execute(statement, self._values(wanted) | {"cap": cap + 1})
        return Tally.capped(found.scalar_one(), cap)

    def processes(self) -> list[str]:
        """Return the root processes that occur."""
        return sorted(self._session.execute(_hops(self.pools.size), self.pools.values).scalars())

    def _values(self, wanted: ListFilter) -> dict[str, Any]:
        return self.pools.values | filter_values(wanted) | {"login": self._login}

    def _once(self, rows: Sequence[Any], keys: int) -> list[Found]:
        """Take every work item once, from the best of the pools in which it stands."""
        best: dict[int, int] = {}
        for row in rows:
            known = best.get(row.key)
            if known is None or self.pools.rank(row.place) < self.pools.rank(known):
                best[row.key] = row.place
        return [
            Found(row.key, cursor_of(row, keys), self.pools.source(row.place).principal)
            for row in rows
            if best[row.key] == row.place
        ]
