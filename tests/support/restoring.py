"""Brings a used PostgreSQL database back to what its template holds.

A copy of a template is some 400 files, made and removed by the server with three checkpoints; most
tests change a dozen tables. So the tables that a test changed are emptied and filled again. What
was changed is read from the rows themselves: every row names the transaction that wrote it, and
a row that is gone is missing in the count. A database whose schema was changed is not restored,
nor one with sequences, whose numbers are no rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, LiteralString

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Connection = psycopg.Connection[tuple[object, ...]]

#: Milliseconds until somebody else's connection must be gone.
_PATIENCE_MS: Final = 5_000
_TABLES: Final[LiteralString] = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " ORDER BY relname"
)
#: Which table refers to which by a foreign key: emptying one needs the other emptied, too.
_REFERENCES: Final[LiteralString] = (
    "SELECT referrer.relname, target.relname FROM pg_constraint"
    " JOIN pg_class referrer ON referrer.oid = conrelid"
    " JOIN pg_class target ON target.oid = confrelid WHERE contype = 'f'"
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
        referrers: tables by the table that they refer to.
        sequences: how many there are.
        schema: number of rows per system catalogue.
    """

    rows: Mapping[str, int]
    contents: Mapping[str, bytes]
    referrers: Mapping[str, Sequence[str]]
    sequences: int
    schema: Mapping[str, int]

    @classmethod
    def of(cls, connection: Connection) -> Original:
        """Read all of it from a fresh copy."""
        tables = [str(name) for (name,) in connection.execute(_TABLES)]
        rows = {name: count for name, count, _new in _counted(connection, tables, 0)}
        referrers: dict[str, list[str]] = {}
        for referrer, target in connection.execute(_REFERENCES):
            referrers.setdefault(str(target), []).append(str(referrer))
        return cls(
            rows=rows,
            contents={name: _content(connection, name) for name in tables if rows[name]},
            referrers=referrers,
            sequences=_number(connection, _SEQUENCES),
            schema={name: count for name, count, _new in _schema(connection, 0)},
        )

    def together(self, tables: set[str]) -> set[str]:
        """Return the tables and all that refer to them, directly or not."""
        found: set[str] = set()
        ahead = list(tables)
        while ahead:
            table = ahead.pop()
            if table not in found:
                found.add(table)
                ahead += self.referrers.get(table, ())
        return found


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
        # Rows go and come without triggers, and without asking who refers to them.
        self._connection.execute("SET session_replication_role = replica")
        self.original = original or Original.of(self._connection)
        self._since = self._now()

    def restore(self) -> bool:
        """Bring everything back; ``False`` = it cannot be used again."""
        self._alone()
        before = self.original
        schema = _schema(self._connection, self._since)
        if before.sequences or any(
            new or count != before.schema[name] for name, count, new in schema
        ):
            return False
        counted = _counted(self._connection, list(before.rows), self._since)
        changed = {name for name, count, new in counted if new or count != before.rows[name]}
        with self._connection.transaction():
            self._refill(before.together(changed))
        self._since = self._now()
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

    def _refill(self, tables: set[str]) -> None:
        if not tables:
            return
        names = [sql.Identifier(name) for name in sorted(tables)]
        self._connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
        for name in tables & self.original.contents.keys():
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(name))
            with self._connection.cursor().copy(statement) as copy:
                copy.write(self.original.contents[name])

    def _now(self) -> int:
        """Return a transaction number that is above all that were finished."""
        return _number(self._connection, "SELECT pg_current_xact_id()::text::bigint")


def _counted(
    connection: Connection, tables: Sequence[str], since: int
) -> list[tuple[str, int, int]]:
    """Return each table with its rows and how many of them were written since a transaction."""
    if not tables:
        return []
    one = sql.SQL(
        "SELECT {}, count(*), count(*) FILTER (WHERE xmin::text::bigint >= %(since)s) FROM {}"
    )
    parts = [one.format(sql.Literal(name), sql.Identifier(name)) for name in tables]
    return _numbers(connection, sql.SQL(" UNION ALL ").join(parts), since)


def _schema(connection: Connection, since: int) -> list[tuple[str, int, int]]:
    return _numbers(connection, sql.SQL(_SCHEMA), since)


def _numbers(
    connection: Connection, statement: sql.SQL | sql.Composed, since: int
) -> list[tuple[str, int, int]]:
    rows = connection.execute(statement, {"since": since}, prepare=True)
    return [(str(name), int(str(count)), int(str(new))) for name, count, new in rows]


def _number(connection: Connection, statement: LiteralString) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(str(row[0]))


def _content(connection: Connection, table: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        return b"".join(bytes(block) for block in copy)
