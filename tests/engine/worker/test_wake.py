"""Workers are woken by commits, in this process and in others."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from engine.clock import SystemClock
from engine.runtime import clock_of
from engine.store.clock import DatabaseClock
from engine.store.database import Database
from engine.store.notifications import listen, notify

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


def test_a_commit_in_another_connection_wakes_the_listener(database: Database) -> None:
    woken, stopped = threading.Event(), threading.Event()
    arguments = (database, woken.set, stopped.is_set)
    listener = threading.Thread(target=listen, args=arguments, daemon=True)
    listener.start()

    for _ in range(100):
        with database.session(write=True) as session:
            notify(session)
            session.commit()
        if woken.wait(0.05) or not listener.is_alive():
            break
    stopped.set()
    listener.join(5)

    # SQLite has one process; there the listener ends at once and polling finds the work.
    assert woken.is_set() is (database.kind == "postgresql")
    assert not listener.is_alive()


def test_the_database_tells_the_time_to_all_machines(database: Database) -> None:
    engine_clock = clock_of(database)

    moments = [engine_clock.now() for _ in range(50)]

    assert moments == sorted(moments)
    assert abs((moments[-1] - SystemClock().now()).total_seconds()) < 5
    # SQLite is on this machine and has its clock.
    assert isinstance(engine_clock, DatabaseClock) is (database.kind == "postgresql")
