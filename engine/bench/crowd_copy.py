"""Fills a PostgreSQL database by COPY: a million open work items in minutes, not days."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, text

from engine.bench.crowd import Settle, places
from engine.bench.crowd_model import deploy
from engine.bench.crowd_rows import RowFactory, Rows
from engine.model.keys import new_key
from engine.store.tables import process_instance, work_item, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from engine.runtime import Engine

_TABLES: Final[tuple[Table, ...]] = (process_instance, work_item, worklist_entry)
#: Matters that are kept in memory before they are written.
_CHUNK: Final = 20_000


def fill(engine: Engine, *, open_items: int, finished_items: int) -> None:
    """Fill an empty, migrated PostgreSQL database.

    Args:
        engine: on that database.
        open_items: work items that wait for somebody.
        finished_items: work items that were completed.
    """
    engine.execute(Settle())
    deployed = deploy(engine, places()[0].purchasers[0])
    factory = RowFactory(deployed, engine.clock.now(), new_key())
    with engine.database.writer.begin() as connection:
        # the rows are known to fit together: no key is looked up, indexes are built once
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in _TABLES:
            for index in table.indexes:
                index.drop(connection)
        for chunk in _chunks(factory.finished(finished_items)):
            _copy(connection, chunk)
        for chunk in _chunks(factory.open(open_items)):
            _copy(connection, chunk)
        _mark_seen(connection)
        for table in _TABLES:
            for index in table.indexes:
                index.create(connection)
    with engine.database.engine.connect() as connection:
        tidy = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in (*_TABLES, work_item_seen):
            tidy.execute(text(f"VACUUM (ANALYZE) {table.name}"))


def _chunks(matters: Iterator[Rows]) -> Iterator[list[Rows]]:
    chunk: list[Rows] = []
    for matter in matters:
        chunk.append(matter)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _copy(connection: Connection, matters: list[Rows]) -> None:
    _copy_rows(connection, process_instance, [matter.instance for matter in matters])
    _copy_rows(connection, work_item, [item for matter in matters for item in matter.items])
    _copy_rows(connection, worklist_entry, [one for matter in matters for one in matter.entries])


def _copy_rows(connection: Connection, table: Table, rows: list[Mapping[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    raw: Any = connection.connection.driver_connection
    with ExitStack() as stack:
        cursor = stack.enter_context(raw.cursor())
        columns = ", ".join(f'"{name}"' for name in names)
        copy = stack.enter_context(cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN"))
        copy.write("".join(_lines(rows, names)))


def _lines(rows: Iterable[Mapping[str, Any]], names: list[str]) -> Iterator[str]:
    for row in rows:
        yield "\t".join(_text(row[name]) for name in names) + "\n"


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _mark_seen(connection: Connection) -> None:
    """Everybody has opened a third of what he has himself."""
    connection.execute(
        text(
            "INSERT INTO work_item_seen (login, work_item_key, seen_at)"
            " SELECT assignee, key, created_at FROM work_item"
            " WHERE state = 'claimed' AND key % 3 = 0"
        )
    )
