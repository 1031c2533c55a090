"""Brings a used PostgreSQL database back to what its template holds.

A copy of a template is some 400 files, made and removed by the server with three checkpoints; most
tests add rows to a dozen tables. Which tables were touched is what the server has counted for
everybody who is gone. Of these the rows go that name a later transaction than the last restoring;
where rows are missing then, all go and the template's are put in again. A database whose schema was
changed is not restored, nor one with sequences, whose numbers are no rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, LiteralString

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    Connection = psycopg.Connection[tuple[object, ...]]

#: Milliseconds until somebody else's connection must be gone.
_PATIENCE_MS: Final = 5_000
#: Restorings until the room of rows that are gone is used again.
_TIDY_EVERY: Final = 16
_TABLES: Final[LiteralString] = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " ORDER BY relname"
)
#: What was ever done to each table, by transactions that were rolled back, too.
_TOUCHED: Final[LiteralString] = (
    "SELECT relname, pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)"
    " + pg_stat_get_tuples_deleted(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_SEQUENCES: Final[LiteralString] = "SELECT count(*) FROM pg_sequences"
#: Everything of the schema, its statistics included: how many rows, how many written since.
_SCHEMA: Final[LiteralString] = " UNION ALL ".join(
    f"SELECT '{catalog}', count(*), count(*) FILTER (WHERE xmin::text::bigint >= %(since)s)"  # noqa: S608 - fixed names
    f" FROM {catalog} WHERE {key} >= 16384"
    for catalog, key in (
        ("pg_class", "oid"),
        ("pg_attribute", "attrelid"),
        ("pg_index", "indexrelid"),
        ("pg_constraint", "oid"),
        ("pg_trigger", "oid"),
        ("pg_proc", "oid"),
        ("pg_namespace", "oid"),
        ("pg_statistic", "starelid"),
    )
)


@dataclass(frozen=True)
class Original:
    """What a template holds.

    Attributes:
        rows: number of rows per table.
        contents: the rows of the tables that have any, as PostgreSQL copies them.
        sequences: how many there are.
        schema: number of rows per system catalogue.
    """

    rows: Mapping[str, int]
    contents: Mapping[str, bytes]
    sequences: int
    schema: Mapping[str, int]

    @classmethod
    def of(cls, connection: Connection) -> Original:
        """Read all of it from a fresh copy."""
        tables = [str(name) for (name,) in connection.execute(_TABLES)]
        rows = {name: _count(connection, name) for name in tables}
        return cls(
            rows=rows,
            contents={name: _content(connection, name) for name in tables if rows[name]},
            sequences=_number(connection, _SEQUENCES),
            schema={name: count for name, count, _new in _schema(connection, 0)},
        )


class Restored:
    """One copy of a template that is used again and again.

    Attributes:
        name: of the database.
    """

    def __init__(self, name: str, conninfo: str, original: Original | None = None) -> None:
        """Take a fresh copy, before anybody else connects to it.

        Args:
            name: of the database.
            conninfo: how to connect to it.
            original: what the template holds; read from the copy if not known.
        """
        self.name = name
        self._connection: Connection = psycopg.connect(conninfo, autocommit=True)
        # Rows go and come without triggers, without asking who refers to them, and uncounted.
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("SET track_counts = off")
        self.original = original or Original.of(self._connection)
        self._since = self._now()
        self._touched = self._touches()
        self._untidy: set[str] = set()
        self._restorings = 0

    def restore(self) -> bool:
        """Bring everything back; ``False`` = it cannot be used again."""
        self._alone()
        before = self.original
        schema = _schema(self._connection, self._since)
        if before.sequences or any(
            new or count != before.schema[name] for name, count, new in schema
        ):
            return False
        touched = self._touches()
        changed = {name for name, times in touched.items() if times != self._touched[name]}
        with self._connection.transaction():
            for name in sorted(changed):
                self._bring_back(name)
        self._since, self._touched = self._now(), touched
        self._tidy(changed)
        return True

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _alone(self) -> None:
        """End whatever is still connected; a killed program may have left a transaction."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            [_PATIENCE_MS],
        )

    def _touches(self) -> dict[str, int]:
        return {str(name): int(str(times)) for name, times in self._connection.execute(_TOUCHED)}

    def _bring_back(self, name: str) -> None:
        table = sql.Identifier(name)
        newer = sql.SQL("DELETE FROM {} WHERE xmin::text::bigint >= %s").format(table)
        self._connection.execute(newer, [self._since], prepare=True)
        if _count(self._connection, name) == self.original.rows[name]:
            return
        self._connection.execute(sql.SQL("DELETE FROM {}").format(table))
        statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(table)
        with self._connection.cursor().copy(statement) as copy:
            copy.write(self.original.contents[name])

    def _tidy(self, changed: set[str]) -> None:
        self._untidy |= changed
        self._restorings += 1
        if self._restorings % _TIDY_EVERY == 0 and self._untidy:
            tables = sql.SQL(", ").join(map(sql.Identifier, sorted(self._untidy)))
            self._connection.execute(sql.SQL("VACUUM {}").format(tables))
            self._untidy.clear()

    def _now(self) -> int:
        """Return a transaction number that is above all that were finished."""
        return _number(self._connection, "SELECT pg_current_xact_id()::text::bigint")


def _schema(connection: Connection, since: int) -> list[tuple[str, int, int]]:
    rows = connection.execute(_SCHEMA, {"since": since}, prepare=True)
    return [(str(name), int(str(count)), int(str(new))) for name, count, new in rows]


def _count(connection: Connection, table: str) -> int:
    return _number(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))


def _number(connection: Connection, statement: LiteralString | sql.Composed) -> int:
    row = connection.execute(statement, prepare=True).fetchone()
    assert row is not None
    return int(str(row[0]))


def _content(connection: Connection, table: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        return b"".join(bytes(block) for block in copy)
