"""A database with the demonstration data of 2026-06-10 and one open transaction on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.store.database import Database
from handlers.records.demo import STAGE_DAY, load_demo
from tests.support.databases import migrated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from tests.support.databases import ThrowawayDatabases


@pytest.fixture
def session(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> Iterator[Session]:
    """Give a session whose changes are rolled back."""
    with throwaway_databases(database_kind).copy("demonstrated", demonstrated) as url:
        database = Database(url)
        with database.session(write=True) as opened:
            yield opened
        database.dispose()


def demonstrated(url: str) -> None:
    """Fill an empty database with the demonstration data."""
    migrated(url)
    database = Database(url)
    with database.session(write=True) as session:
        load_demo(session, STAGE_DAY, hash_password=lambda password: f"not hashed: {password}")
        session.commit()
    database.dispose()
