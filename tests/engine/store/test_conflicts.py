"""Two transactions insert the same row: neither fails, whoever comes first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.store.conflicts import insert_missing
from engine.store.tables import role

if TYPE_CHECKING:
    from engine.runtime import Engine

ROW = {"key": "chaos", "name": "先到", "name_en": "first"}


@pytest.mark.timeout(60)
def test_the_later_of_two_inserts_waits_and_leaves_the_row(engine: Engine) -> None:
    writer = engine.database.session
    later = threading.Thread(target=_insert_later, args=(engine,))
    with writer(write=True) as session:
        insert_missing(session, role, ROW)
        later.start()
        later.join(0.2)
        assert later.is_alive()
        session.commit()
    later.join()

    with writer(write=False) as session:
        found = session.execute(select(role.c.name).where(role.c.key == "chaos")).scalars().all()
    assert found == ["先到"]


def _insert_later(engine: Engine) -> None:
    with engine.database.session(write=True) as session:
        insert_missing(session, role, ROW | {"name": "后到"})
        session.commit()
