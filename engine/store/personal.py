"""What a person has chosen, saved and seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from engine.model.states import OPEN_WORK
from engine.store.conflicts import insert_missing, upsert
from engine.store.tables import person_setting, saved_filter, work_item, work_item_seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

#: Marks of ended work items that are forgotten with each new mark: more than one, so that marks
#: of ended work never pile up; few, so that opening a page stays cheap.
_FORGOTTEN_AT_ONCE: Final = 20


@dataclass(frozen=True, kw_only=True)
class SavedFilterRow:
    """A saved filter; columns of ``saved_filter``."""

    key: int
    login: str
    box: str
    name: str
    colour: str
    query: Sequence[Sequence[str]]
    position: int


class Personal:
    """One unit of work's view of what belongs to a person."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def settings(self, login: str) -> dict[str, Any]:
        """Return ``{name: value}`` of what the person has chosen."""
        rows = self._session.execute(
            select(person_setting.c.name, person_setting.c.value).where(
                person_setting.c.login == login
            )
        )
        return {row.name: row.value for row in rows}

    def choose(self, login: str, values: Mapping[str, Any]) -> None:
        """Store choices."""
        for name, value in values.items():
            upsert(self._session, person_setting, {"login": login, "name": name, "value": value})

    def note_seen(self, login: str, key: int, at: datetime) -> None:
        """Remember that a person has opened a work item; forget some that have ended."""
        values = {"login": login, "work_item_key": key, "seen_at": at}
        insert_missing(self._session, work_item_seen, values)
        ended = (
            select(work_item_seen.c.work_item_key)
            .join(work_item, work_item.c.key == work_item_seen.c.work_item_key)
            .where(work_item_seen.c.login == login, work_item.c.state.not_in(OPEN_WORK))
            .order_by(work_item_seen.c.work_item_key)
            .limit(_FORGOTTEN_AT_ONCE)
        )
        self._session.execute(
            delete(work_item_seen).where(
                work_item_seen.c.login == login, work_item_seen.c.work_item_key.in_(ended)
            )
        )

    def has_seen(self, login: str, key: int) -> bool:
        """Tell whether a person has opened a work item."""
        found = self._session.execute(
            select(work_item_seen.c.seen_at).where(
                work_item_seen.c.login == login, work_item_seen.c.work_item_key == key
            )
        ).one_or_none()
        return found is not None

    def forget_seen(self, login: str, key: int) -> None:
        """Mark a work item as not opened, because it comes to the person anew."""
        self._session.execute(
            delete(work_item_seen).where(
                work_item_seen.c.login == login, work_item_seen.c.work_item_key == key
            )
        )

    def filters(self, login: str) -> list[SavedFilterRow]:
        """Return a person's saved filters in their order."""
        rows = self._session.execute(
            select(saved_filter)
            .where(saved_filter.c.login == login)
            .order_by(saved_filter.c.position, saved_filter.c.key)
        )
        return [SavedFilterRow(**row._mapping) for row in rows]

    def filter(self, key: int) -> SavedFilterRow | None:
        """Return anybody's saved filter."""
        row = self._session.execute(
            select(saved_filter).where(saved_filter.c.key == key)
        ).one_or_none()
        return None if row is None else SavedFilterRow(**row._mapping)

    def last_position(self, login: str) -> int:
        """Return the position of a person's last filter, 0 without any."""
        found = self._session.execute(
            select(func.max(saved_filter.c.position)).where(saved_filter.c.login == login)
        ).scalar_one()
        return found or 0

    def add_filter(self, row: SavedFilterRow) -> None:
        """Store a filter."""
        self._session.execute(insert(saved_filter).values(**vars(row)))

    def change_filter(self, key: int, **values: Any) -> None:
        """Set columns of a filter."""
        self._session.execute(
            update(saved_filter).where(saved_filter.c.key == key).values(**values)
        )

    def drop_filter(self, key: int) -> None:
        """Remove a filter."""
        self._session.execute(delete(saved_filter).where(saved_filter.c.key == key))
