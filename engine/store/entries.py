"""The rows that lists read: written where a work item begins, changes hands or ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from engine.model.pools import pools_of
from engine.store.tables import process_instance, work_item, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.model.work import Instance, WorkItem

#: Stands for "no deadline": sorts last on both databases and leaves room for time zones.
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)

#: Key in a session's info: ``{matter: keys}`` to be taken off the lists.
_DROPPED: Final = "dropped_entries"

# Statements of every completion are built once: building one costs as much as running it.
_ADD: Final = insert(worklist_entry)
_OF_MATTER: Final = delete(worklist_entry).where(worklist_entry.c.root_key == bindparam("matter"))
_DROP: Final = _OF_MATTER.where(
    worklist_entry.c.work_item_key.in_(bindparam("items", expanding=True))
)
_DROP_ONE: Final = _OF_MATTER.where(worklist_entry.c.work_item_key == bindparam("item"))
_MATTER: Final = (
    select(
        process_instance.c.unit,
        process_instance.c.division,
        process_instance.c.initiator,
        process_instance.c.title,
        process_instance.c.number,
    )
    .join(work_item, work_item.c.root_key == process_instance.c.key)
    .where(work_item.c.key == bindparam("item"))
)


@dataclass(frozen=True, kw_only=True)
class ListedMatter:
    """What lists know of the matter of a work item; columns of ``process_instance``."""

    unit: str
    division: str
    initiator: str
    title: str
    number: str

    @classmethod
    def of(cls, root: Instance) -> ListedMatter:
        """Take it from the root instance."""
        return cls(
            unit=root.unit,
            division=root.division,
            initiator=root.initiator,
            title=root.title,
            number=root.number,
        )


class Entries:
    """Writes the rows of lists inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(
        self, items: Sequence[WorkItem], matter: ListedMatter, drafts: frozenset[int] = frozenset()
    ) -> None:
        """List open work items.

        Args:
            items: of one matter.
            matter: what lists know of it.
            drafts: keys of those at which their assignee has not yet submitted the matter.
        """
        rows = [
            _row(item, matter, pool)
            for item in items
            for pool in pools_of(item, draft=item.key in drafts)
        ]
        if rows:
            drop_entries(self._session)
            self._session.execute(_ADD, rows)

    def drop(self, root_key: int, keys: Sequence[int]) -> None:
        """Take work items of one matter off all lists, at the latest with the commit."""
        dropped: dict[int, list[int]] = self._session.info.setdefault(_DROPPED, {})
        dropped.setdefault(root_key, []).extend(keys)

    def relist(self, item: WorkItem) -> None:
        """List a work item anew after its assignee or candidates have changed."""
        matter = self._session.execute(_MATTER, {"item": item.key}).one()
        self.drop(item.root_key, [item.key])
        self.add([item], ListedMatter(**matter._mapping))

    def retitle(self, root_key: int, title: str, number: str) -> None:
        """Let searches find a matter's open work items under its new title and number."""
        self._session.execute(
            update(worklist_entry)
            .where(worklist_entry.c.root_key == root_key)
            .values(headline=headline_of(title, number))
        )

    def reschedule(self, item: WorkItem, due_at: datetime | None) -> None:
        """Sort a work item by its new due time."""
        self._session.execute(
            update(worklist_entry)
            .where(
                worklist_entry.c.root_key == item.root_key,
                worklist_entry.c.work_item_key == item.key,
            )
            .values(due_order=due_at or NEVER)
        )


def drop_entries(session: Session) -> None:
    """Delete what ``Entries.drop`` has collected: one statement per matter, not per step."""
    dropped: dict[int, list[int]] = session.info.pop(_DROPPED, {})
    for root_key, keys in dropped.items():
        if len(keys) == 1:
            session.execute(_DROP_ONE, {"matter": root_key, "item": keys[0]})
        else:
            session.execute(_DROP, {"matter": root_key, "items": keys})


def _row(item: WorkItem, matter: ListedMatter, pool: str) -> dict[str, Any]:
    return {
        "pool": pool,
        "work_item_key": item.key,
        "root_key": item.root_key,
        "process_id": item.root_process_id,
        "element_id": item.element_id,
        "unit": matter.unit,
        "division": matter.division,
        "initiator": matter.initiator,
        "due_order": item.due_at or NEVER,
        "returned": item.returned_from is not None,
        "headline": headline_of(matter.title, matter.number),
        "step": item.name.lower(),
    }


def headline_of(title: str, number: str) -> str:
    """Return what a search for a matter looks into."""
    return f"{title}\n{number}".lower()
