"""Process instances: loaded with their whole tree, written with an optimistic revision."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, select, update

from engine.errors import StaleRevisionError
from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.model.work import Instance
from engine.store.tables import element_history, process_instance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_COLUMNS = tuple(column.name for column in process_instance.columns)


def _instance(row: Any) -> Instance:
    values = dict(row._mapping)
    values["state"] = InstanceState(values["state"])
    return Instance(**values)


@dataclass(frozen=True)
class HistoryEvent:
    """One step of an element: ``event`` is activated, completed, cancelled or taken (flows)."""

    instance_key: int
    root_key: int
    element_id: str
    token_id: str
    event: str
    at: datetime
    cause_key: int | None = None


# Statements of every completion are built once: building one costs as much as running it.
_TREE: Final = (
    select(process_instance)
    .where(process_instance.c.root_key == bindparam("matter"))
    .order_by(process_instance.c.key)
)
_ADD: Final = insert(process_instance)
_HAPPENED: Final = insert(element_history)
_SAVE: Final = update(process_instance).where(
    process_instance.c.key == bindparam("instance"),
    process_instance.c.revision == bindparam("read_revision"),
)


class Instances:
    """Process instances inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def tree(self, root_key: int, *, lock: bool = False) -> list[Instance]:
        """Return the root and every called instance, oldest first.

        Args:
            root_key: key of the root instance.
            lock: lock the root row, so that commands on one matter wait for each other.
        """
        if lock and self._session.get_bind().dialect.name == "postgresql":
            # A statement of its own: the tree is then read as the winner of the lock left it.
            self._session.execute(
                select(process_instance.c.key)
                .where(process_instance.c.key == root_key)
                .with_for_update()
            )
        rows = self._session.execute(_TREE, {"matter": root_key})
        return [_instance(row) for row in rows]

    def roots(self, root_keys: Sequence[int]) -> list[Instance]:
        """Return several root instances by key."""
        statement = select(process_instance).where(process_instance.c.key.in_(root_keys))
        rows = self._session.execute(statement.order_by(process_instance.c.key))
        return [_instance(row) for row in rows]

    def lock(self, root_keys: Sequence[int]) -> None:
        """Let commands on these matters wait for this one (SQLite: they wait anyway).

        Locked in the order of their keys, so that two commands never wait for each other.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(
                select(process_instance.c.key)
                .where(process_instance.c.key.in_(root_keys))
                .order_by(process_instance.c.key)
                .with_for_update()
            )

    def root_key(self, key: int) -> int | None:
        """Return the root of an instance, ``None`` when there is no such instance."""
        return self._session.execute(
            select(process_instance.c.root_key).where(process_instance.c.key == key)
        ).scalar_one_or_none()

    def add(self, instances: Sequence[Instance]) -> None:
        """Insert new instances."""
        if instances:
            rows = [{name: getattr(item, name) for name in _COLUMNS} for item in instances]
            self._session.execute(_ADD, rows)

    def save(self, instance: Instance, *, expected_revision: int) -> None:
        """Write an instance if nobody else did since it was read.

        Raises:
            StaleRevisionError: somebody did.
        """
        values = {
            name: getattr(instance, name)
            for name in (
                "state",
                "title",
                "number",
                "summary",
                "submitted",
                "ended_at",
                "document",
            )
        }
        values["revision"] = expected_revision + 1
        read = {"instance": instance.key, "read_revision": expected_revision}
        result = self._session.execute(_SAVE, {**values, **read})
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise StaleRevisionError(
                "此事项刚刚被他人处理，请刷新页面后重试。",
                "Somebody else just changed this matter; reload the page and try again.",
            )

    def add_history(self, events: Sequence[HistoryEvent]) -> None:
        """Append element history in order."""
        if events:
            self._session.execute(
                _HAPPENED, [{"key": new_key(), **vars(event)} for event in events]
            )

    def history(self, root_key: int) -> list[HistoryEvent]:
        """Return the ordered history of a whole tree."""
        statement = (
            select(element_history)
            .where(element_history.c.root_key == root_key)
            .order_by(element_history.c.key)
        )
        return [
            HistoryEvent(
                row.instance_key, row.root_key, row.element_id, row.token_id, row.event, row.at
            )
            for row in self._session.execute(statement)
        ]

    def caused_by(self, root_key: int, work_item_key: int) -> list[HistoryEvent]:
        """Return what the end of a work item has led to, in order."""
        statement = (
            select(element_history)
            .where(
                element_history.c.root_key == root_key,
                element_history.c.cause_key == work_item_key,
            )
            .order_by(element_history.c.key)
        )
        names = [item.name for item in fields(HistoryEvent)]
        return [
            HistoryEvent(**{name: row._mapping[name] for name in names})
            for row in self._session.execute(statement)
        ]
