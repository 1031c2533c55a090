"""The pools that a person reads, as parts of a statement that is built once for their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, bindparam, literal_column, or_, select, union_all

from engine.store.lists.keyset import order_by
from engine.store.tables import worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select, Subquery

    from engine.model.pools import Source
    from engine.store.lists.keyset import Key

_entry = worklist_entry.c
#: Numbers of pools that statements are built for; fewer pools read empty ones beside.
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
#: A pool in which nothing is ever listed.
_NOWHERE: Final = ""


@dataclass(frozen=True)
class Size:
    """How many pools a statement reads.

    Attributes:
        plain: read as they are.
        limited: read for some divisions or root processes only.
        name: of their parameters, to have several people's pools in one statement.
    """

    plain: int
    limited: int
    name: str = "pool"


class Pools:
    """The sources of one person, arranged for a statement.

    Attributes:
        size: what the statement is built for.
    """

    def __init__(self, sources: Sequence[Source], name: str = "pool") -> None:
        """Arrange ``sources``, at least one; ``name`` as in ``Size``."""
        plain = [one for one in sources if not one.division and not one.processes]
        limited = [one for one in sources if one.division or one.processes]
        self.size = Size(_fitting(len(plain)), _fitting(len(limited)), name)
        first = self.size.plain
        self._arms = dict(enumerate(plain)) | dict(enumerate(limited, start=first))

    def source(self, place: int) -> Source:
        """Return the source that the rows of an arm came from."""
        return self._arms[place]

    def rank(self, place: int) -> tuple[bool, int]:
        """Return how good a reason an arm is: the own work before that of a principal."""
        return bool(self._arms[place].principal), place

    @property
    def values(self) -> dict[str, Any]:
        """What the parameters of the pools are."""
        plain, name = self.size.plain, self.size.name
        found: dict[str, Any] = {}
        for place in range(plain + self.size.limited):
            source = self._arms.get(place)
            found[f"{name}{place}"] = source.pool if source else _NOWHERE
            if place >= plain:
                processes = source.processes if source else ()
                found[f"{name}{place}_division"] = f"{source.division if source else ''}%"
                found[f"{name}{place}_all"] = 0 if processes else 1
                found[f"{name}{place}_only"] = list(processes) or [_NOWHERE]
        return found


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is read of every pool.

    Attributes:
        columns: beside the arm's place and the work item's key.
        conditions: what narrows it.
        keys: its order.
        backwards: read against the order.
        limit: name of the parameter that ends it.
    """

    columns: tuple[ColumnElement[Any], ...] = ()
    conditions: tuple[ColumnElement[bool], ...] = ()
    keys: tuple[Key, ...]
    backwards: bool = False
    limit: str = "limit"


def merged(size: Size, reading: Reading) -> Subquery:
    """Return the first lines of every pool, one pool after another.

    Each is ordered, although the whole is ordered again: the order makes the index the way to read
    it, and reading ends at the limit.
    """
    order = order_by(reading.keys, backwards=reading.backwards)
    arms = (
        _arm(size, place, reading).order_by(*order).limit(bindparam(reading.limit))
        for place in range(size.plain + size.limited)
    )
    return union_all(*(select(arm.subquery()) for arm in arms)).subquery()


def pool_names(size: Size) -> Subquery:
    """Return the names of the pools as rows of one column ``pool``."""
    names = (
        select(bindparam(f"{size.name}{place}", type_=_entry.pool.type).label("pool"))
        for place in range(size.plain + size.limited)
    )
    return union_all(*names).subquery()


def _arm(size: Size, place: int, reading: Reading) -> Select[Any]:
    name = f"{size.name}{place}"
    conditions = [_entry.pool == bindparam(name), *reading.conditions]
    if place >= size.plain:
        conditions.append(_entry.division.like(bindparam(f"{name}_division")))
        only = _entry.process_id.in_(bindparam(f"{name}_only", expanding=True))
        conditions.append(or_(bindparam(f"{name}_all", type_=Integer) == 1, only))
    return select(
        literal_column(str(place)).label("place"),
        _entry.work_item_key.label("key"),
        *reading.columns,
    ).where(*conditions)


def _fitting(count: int) -> int:
    return next(size for size in _SIZES if size >= count)
