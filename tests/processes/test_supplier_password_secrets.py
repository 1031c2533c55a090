"""What the password recovery must not tell: by its work, by its rows."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.commands import passwords
from engine.store.inspection import counted
from engine.store.tables import metadata, temporary_password
from tests.processes.supplier_password_recovery import UNKNOWN, received, recover

if TYPE_CHECKING:
    import pytest

    from engine.runtime import Engine


def test_the_same_work_is_done_whether_there_is_an_account_or_not(
    office: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # counted, not timed: a password hash is what would tell by its 50 milliseconds
    hashed: Counter[str] = Counter()
    real = passwords._HASHER

    class Counting:
        def hash(self, password: str) -> str:
            hashed["hash"] += 1
            return real.hash(password)

        def verify(self, stored: str, password: str) -> bool:
            hashed["verify"] += 1
            return bool(real.verify(stored, password))

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    recover(office, address="203.0.113.99", code=UNKNOWN)  # definitions are read at first use
    work = []
    for number, given in enumerate(({"code": UNKNOWN}, {"phone": "19900010001"}, {})):
        hashed.clear()
        with counted(office.database) as count:
            recover(office, address=f"203.0.113.{number}", **given)
        work.append((dict(hashed), count.statements))

    (unknown, wrong, right) = work
    assert unknown == wrong
    assert unknown[0] == right[0] == {"hash": 1}


def test_the_password_is_stored_nowhere_but_in_the_sms(office: Engine) -> None:
    recover(office)
    with office.database.session(write=False) as session:
        issued = session.execute(select(temporary_password)).one()
    before = _dump(office)
    password = received(office)

    assert issued.password_hash.startswith("$argon2id$")
    assert issued.password_hash in before
    assert password not in before
    assert _dump(office).count(password) == 1


def _dump(engine: Engine) -> str:
    """Write the whole database as text; a row's own text would cut long values."""
    with engine.database.session(write=False) as session:
        tables = [session.execute(select(table)).all() for table in metadata.sorted_tables]
    return json.dumps([list(row) for rows in tables for row in rows], default=str)
