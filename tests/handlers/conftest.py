"""A database with the demonstration data of 2026-06-10 and one open transaction on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.store.database import Database
from handlers.records.demo import STAGE_DAY, load_demo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """Give a session whose changes are rolled back."""
    database = Database(database_url)
    with database.session(write=True) as opened:
        load_demo(opened, STAGE_DAY, hash_password=lambda password: f"not hashed: {password}")
        yield opened
    database.dispose()
