"""Wake-up hints between processes: PostgreSQL's NOTIFY; polling stays the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from engine.store.database import Database

CHANNEL: Final = "procureflow_work"
#: Seconds after which a listener looks whether it should stop.
_PATIENCE: Final = 1.0


def notify(session: Session) -> None:
    """Tell listeners, at this transaction's commit, that there is work; nothing on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANNEL}"))


def listen(database: Database, wake: Callable[[], None], stopped: Callable[[], bool]) -> None:
    """Call ``wake`` at every hint until ``stopped()``; returns at once on SQLite.

    Raises:
        psycopg.Error: the connection broke; the caller goes on polling and may listen again.
    """
    if database.kind != "postgresql":
        return
    address = database.engine.url.set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as raw:
        raw.execute(f"LISTEN {CHANNEL}")
        while not stopped():
            for _hint in raw.notifies(timeout=_PATIENCE, stop_after=1):
                wake()
