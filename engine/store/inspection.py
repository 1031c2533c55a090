"""Reads for `procureflow doctor` and meters for the benchmarks; nothing here changes a row."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event, select

from engine.model.states import LIVE_TIMERS, OPEN_WORK, InstanceState, JobState
from engine.store.tables import (
    attachment,
    binding,
    job,
    process_instance,
    resource,
    subscription,
    timer,
    work_item,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

    from engine.store.database import Database

_TRANSACTION_WORDS: Final = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")

_OPEN_ROWS: Final[dict[str, tuple[Table, ColumnElement[bool] | None]]] = {
    "work_item": (work_item, work_item.c.state.in_(OPEN_WORK)),
    "job": (
        job,
        job.c.state.in_((JobState.READY, JobState.RUNNING, JobState.INCIDENT))
        & job.c.token_id.is_not(None),
    ),
    "timer": (timer, timer.c.state.in_(LIVE_TIMERS)),
    "subscription": (subscription, None),
}


class Inspection:
    """Reads whole tables inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def open_roots(self) -> list[int]:
        """Return the keys of all matters with an instance that can still move."""
        states = (InstanceState.ACTIVE, InstanceState.INCIDENT)
        statement = (
            select(process_instance.c.root_key)
            .where(process_instance.c.state.in_(states))
            .distinct()
            .order_by(process_instance.c.root_key)
        )
        return list(self._session.execute(statement).scalars())

    def open_rows(self, root_key: int) -> set[tuple[str, int, str]]:
        """Return ``(table, instance key, token id)`` of everything that a matter waits for."""
        found: set[tuple[str, int, str]] = set()
        for name, (table, is_open) in _OPEN_ROWS.items():
            statement = select(table.c.instance_key, table.c.token_id).where(
                table.c.root_key == root_key
            )
            if is_open is not None:
                statement = statement.where(is_open)
            rows = self._session.execute(statement)
            found |= {(name, row.instance_key, row.token_id) for row in rows}
        return found

    def rows_of_ended(self) -> list[tuple[str, int, str]]:
        """Return open rows whose instance has ended."""
        found: list[tuple[str, int, str]] = []
        ended = process_instance.c.state.in_((InstanceState.COMPLETED, InstanceState.TERMINATED))
        for name, (table, is_open) in _OPEN_ROWS.items():
            statement = (
                select(table.c.instance_key, table.c.token_id)
                .join(process_instance, process_instance.c.key == table.c.instance_key)
                .where(ended)
            )
            if is_open is not None:
                statement = statement.where(is_open)
            rows = self._session.execute(statement)
            found += [(name, row.instance_key, row.token_id) for row in rows]
        return found

    def attachment_hashes(self) -> list[str]:
        """Return the hashes of all attachments, replaced ones included."""
        statement = select(attachment.c.sha256).distinct().order_by(attachment.c.sha256)
        return list(self._session.execute(statement).scalars())

    def resource_hashes(self) -> frozenset[str]:
        """Return the hashes of all deployed files."""
        return frozenset(self._session.execute(select(resource.c.sha256)).scalars())

    def bindings(self) -> list[Any]:
        """Return all pinned documents."""
        return list(self._session.execute(select(binding.c.document)).scalars())


@dataclass
class StatementCount:
    """What one thread asked of the database.

    Attributes:
        statements: without those that begin and end transactions.
        commits: transactions that were committed.
    """

    statements: int = 0
    commits: int = 0


@contextmanager
def counted(database: Database) -> Iterator[StatementCount]:
    """Count what this thread sends to ``database``; for benchmarks and tests."""
    count = StatementCount()
    thread = threading.get_ident()

    def statement(_c: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        mine = threading.get_ident() == thread
        if mine and not text.lstrip().upper().startswith(_TRANSACTION_WORDS):
            count.statements += 1

    def commit(_connection: Any) -> None:
        if threading.get_ident() == thread:
            count.commits += 1

    event.listen(database.engine, "before_cursor_execute", statement)
    event.listen(database.engine, "commit", commit)
    try:
        yield count
    finally:
        event.remove(database.engine, "before_cursor_execute", statement)
        event.remove(database.engine, "commit", commit)
