"""Connections: one writer door and one reader door to SQLite or PostgreSQL."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.orm import Session

from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

#: Milliseconds a SQLite writer waits for another one.
_BUSY_TIMEOUT_MS = 30_000


class Database:
    """One database.

    Attributes:
        engine: SQLAlchemy engine for reading; SQLite transactions begin deferred.
        writer: the same for writing; SQLite transactions begin immediate, so that a command
            never finds out at its end that somebody else wrote.
    """

    def __init__(self, url: str) -> None:
        """Open ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``).

        Raises:
            ConfigurationError: another kind of database.
        """
        parsed = make_url(url)
        self.url = url
        self.kind = parsed.get_backend_name()
        if self.kind == "sqlite":
            self.engine = _sqlite_engine(parsed.database)
        elif self.kind == "postgresql":
            self.engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=10)
        else:
            raise ConfigurationError(
                f"不支持的数据库“{self.kind}”，请在 PROCUREFLOW_DATABASE_URL 中使用 sqlite 或"
                " postgresql。",
                f"Database {self.kind!r} is not supported; set PROCUREFLOW_DATABASE_URL to sqlite"
                " or postgresql.",
            )
        self.writer: Engine = self.engine.execution_options(immediate=True)

    @contextmanager
    def session(self, *, write: bool) -> Iterator[Session]:
        """Open a session; leaving it without a commit rolls back."""
        with Session(self.writer if write else self.engine, autoflush=True) as session:
            yield session

    def dispose(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def _sqlite_engine(path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    else:
        from sqlalchemy.pool import StaticPool

        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them deferred.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
