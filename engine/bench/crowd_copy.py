"""Fills a PostgreSQL database by COPY: a million open work items in minutes, not days."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, text

from engine.bench.crowd import Settle, places
from engine.bench.crowd_model import deploy
from engine.bench.crowd_rows import (
    ENTRY_COLUMNS,
    INSTANCE_COLUMNS,
    ITEM_COLUMNS,
    Lines,
    RowFactory,
)
from engine.model.keys import new_key
from engine.store.tables import process_instance, work_item, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from engine.runtime import Engine

_TABLES: Final[tuple[Table, ...]] = (process_instance, work_item, worklist_entry)
#: Matters that are kept in memory before they are written.
_CHUNK: Final = 20_000


class CrowdedOffice:
    """An office in a migrated PostgreSQL database without rows, which grows as it is told."""

    def __init__(self, engine: Engine) -> None:
        """Settle its people and deploy its procedures."""
        self._engine = engine
        engine.execute(Settle())
        deployed = deploy(engine, places()[0].purchasers[0])
        self._factory = RowFactory(deployed, engine.clock.now(), new_key())

    def grow(self, *, open_items: int, finished_items: int) -> None:
        """Add work items that wait for somebody and such that were completed."""
        with self._engine.database.writer.begin() as connection:
            # the rows are known to fit together: no key is looked up, indexes are built once
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in _TABLES:
                for index in table.indexes:
                    index.drop(connection)
            for lines in self._factory.finished(finished_items, _CHUNK):
                _copy(connection, lines)
            for lines in self._factory.open(open_items, _CHUNK):
                _copy(connection, lines)
            _mark_seen(connection)
            for table in _TABLES:
                for index in table.indexes:
                    index.create(connection)
        with self._engine.database.engine.connect() as connection:
            tidy = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in (*_TABLES, work_item_seen):
                tidy.execute(text(f"VACUUM (ANALYZE) {table.name}"))


def _copy(connection: Connection, lines: Lines) -> None:
    _copy_lines(connection, process_instance, INSTANCE_COLUMNS, lines.instances)
    _copy_lines(connection, work_item, ITEM_COLUMNS, lines.items)
    _copy_lines(connection, worklist_entry, ENTRY_COLUMNS, lines.entries)


def _copy_lines(
    connection: Connection, table: Table, columns: Sequence[str], lines: list[str]
) -> None:
    raw: Any = connection.connection.driver_connection
    names = ", ".join(f'"{name}"' for name in columns)
    with ExitStack() as stack:
        cursor = stack.enter_context(raw.cursor())
        copy = stack.enter_context(cursor.copy(f"COPY {table.name} ({names}) FROM STDIN"))
        copy.write("".join(lines))


def _mark_seen(connection: Connection) -> None:
    """Everybody has opened a third of what he has himself."""
    connection.execute(
        text(
            "INSERT INTO work_item_seen (login, work_item_key, seen_at)"
            " SELECT assignee, key, created_at FROM work_item"
            " WHERE state = 'claimed' AND key % 3 = 0 ON CONFLICT DO NOTHING"
        )
    )
