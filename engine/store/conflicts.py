"""Inserts that meet an existing row: overwrite it or leave it, in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table
    from sqlalchemy.orm import Session


def upsert(session: Session, table: Table, *rows: Mapping[str, Any]) -> None:
    """Insert rows; where a primary key exists, overwrite the other columns.

    Args:
        session: the open transaction.
        table: with a primary key.
        rows: at least one, all with the same columns.
    """
    keys = [column.name for column in table.primary_key]
    statement = _insert(session)(table)
    new = {name: statement.excluded[name] for name in rows[0]}
    rest = {name: value for name, value in new.items() if name not in keys}
    session.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=rest or new), list(rows)
    )


def insert_missing(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its keys exists, also in a transaction just ending.

    Returns:
        Whether the row is new.
    """
    statement = _insert(session)(table).values(**values).on_conflict_do_nothing()
    result = session.execute(statement, execution_options={"preserve_rowcount": True})
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def _insert(session: Session) -> Any:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql_insert if on_postgresql else sqlite_insert
