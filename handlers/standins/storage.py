"""What the stand-ins have got and what they send, in a file that outlives them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS received (
  number INTEGER PRIMARY KEY, system TEXT, id TEXT, type TEXT, subject TEXT, data TEXT,
  digest TEXT, ack TEXT, at TEXT, times INTEGER, UNIQUE (system, id));
CREATE TABLE IF NOT EXISTS nonce (system TEXT, nonce TEXT, PRIMARY KEY (system, nonce));
CREATE TABLE IF NOT EXISTS outgoing (
  number INTEGER PRIMARY KEY, system TEXT, id TEXT UNIQUE, body TEXT, at TEXT,
  status INTEGER, answer TEXT, times INTEGER);
CREATE TABLE IF NOT EXISTS control (system TEXT PRIMARY KEY, mode TEXT, delay REAL);
"""


@dataclass(frozen=True)
class Control:
    """How a stand-in behaves.

    Attributes:
        mode: ``up`` · ``down`` (503) · ``slow`` · ``wrong`` (no JSON) · ``reject`` (422) ·
            ``lose_ack`` (takes the message, then 502).
        delay: seconds, for ``slow``.
    """

    mode: str = "up"
    delay: float = 0.0


class Conflict(Exception):
    """The id was used for another content."""


class Storage:
    """One file for all stand-ins of an installation."""

    def __init__(self, path: Path) -> None:
        """Open ``path``; made when it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with closing(self._connect()) as connection:
            connection.executescript("PRAGMA journal_mode=WAL;" + _SCHEMA)

    def see(self, system: str, nonce: str) -> bool:
        """Remember a nonce; ``False`` when it was seen before."""
        with self._writing() as connection:
            done = connection.execute("INSERT OR IGNORE INTO nonce VALUES (?, ?)", (system, nonce))
            return done.rowcount == 1

    def take(
        self, system: str, message: Mapping[str, Any], digest: str, at: str
    ) -> tuple[str, bool]:
        """Store a message once and return its receipt number and whether it is new.

        Raises:
            Conflict: another content has this id.
        """
        with self._writing() as connection:
            known = connection.execute(
                "SELECT ack, digest FROM received WHERE system = ? AND id = ?",
                (system, message["id"]),
            ).fetchone()
            if known is not None and known["digest"] != digest:
                raise Conflict
            if known is not None:
                connection.execute(
                    "UPDATE received SET times = times + 1 WHERE system = ? AND id = ?",
                    (system, message["id"]),
                )
                return str(known["ack"]), False
            number = connection.execute("SELECT count(*) + 1 AS n FROM received").fetchone()["n"]
            ack = f"{system.upper().replace('_', '-')}-{number:06d}"
            data = json.dumps(message.get("data", {}), ensure_ascii=False)
            facts = (system, message["id"], message["type"], message.get("subject", ""))
            connection.execute(
                "INSERT INTO received (system, id, type, subject, data, digest, ack, at, times)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (*facts, data, digest, ack, at),
            )
            return ack, True

    def received(self, system: str) -> list[dict[str, Any]]:
        """Return what a system has got, newest first."""
        return self._rows("SELECT * FROM received WHERE system = ? ORDER BY number DESC", system)

    def post(self, system: str, message: Mapping[str, Any], at: str) -> None:
        """Put a message to the procurement system on its way, once per id."""
        body = json.dumps(message, ensure_ascii=False)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO outgoing (system, id, body, at, status, answer, times)"
                " VALUES (?, ?, ?, ?, 0, '', 0)",
                (system, message["id"], body, at),
            )

    def outgoing(self, system: str = "") -> list[dict[str, Any]]:
        """Return what was sent, newest first."""
        return self._rows(
            "SELECT * FROM outgoing WHERE ? IN ('', system) ORDER BY number DESC", system
        )

    def answered(self, message_id: str, status: int, answer: str) -> None:
        """Write what the procurement system said; status 0 = it did not."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE outgoing SET status = ?, answer = ?, times = times + 1 WHERE id = ?",
                (status, answer, message_id),
            )

    def control(self, system: str) -> Control:
        """Return how a system behaves."""
        rows = self._rows("SELECT mode, delay FROM control WHERE system = ?", system)
        return Control(**rows[0]) if rows else Control()

    def set_control(self, system: str, control: Control) -> None:
        """Change how a system behaves."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO control VALUES (?, ?, ?)",
                (system, control.mode, control.delay),
            )

    def reset(self) -> None:
        """Forget everything."""
        with self._writing() as connection:
            for table in ("received", "nonce", "outgoing", "control"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above

    def _rows(self, query: str, system: str) -> list[dict[str, Any]]:
        with closing(self._connect()) as connection:
            return [dict(row) for row in connection.execute(query, (system,))]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection
