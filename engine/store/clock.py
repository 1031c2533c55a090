"""The database's clock: leases and timers of several machines are measured with one clock."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from engine.store.database import Database

#: Seconds after which the difference to the machine's clock is measured again.
_FRESH_FOR: Final = 60.0


class DatabaseClock:
    """PostgreSQL's ``clock_timestamp()``, without a statement per look.

    The difference to this machine's monotonic clock is measured once a minute, so a wrong or
    jumping clock of a worker's machine does not move leases.
    """

    def __init__(self, database: Database) -> None:
        """Measure at the first look."""
        self._database = database
        self._lock = threading.Lock()
        self._measured_at = 0.0
        self._base: datetime | None = None

    def now(self) -> datetime:
        """Return the database's time in UTC."""
        with self._lock:
            elapsed = time.monotonic() - self._measured_at
            if self._base is None or elapsed > _FRESH_FOR:
                self._base = self._measure()
                self._measured_at, elapsed = time.monotonic(), 0.0
            return self._base + timedelta(seconds=elapsed)

    def _measure(self) -> datetime:
        with self._database.engine.connect() as connection:
            moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
