"""Plan numbers: the pattern of the nearest division, running on by year without gaps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from engine.errors import ConfigurationError
from engine.store.database import Database
from handlers.records.demo import STAGE_DAY, load_demo
from handlers.records.numbers import next_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_zhengzhou_and_its_counties_share_one_sequence(session: Session) -> None:
    numbers = [next_number(session, "plan", code, 2026) for code in ("410100", "410122", "410185")]

    assert numbers == ["郑财计备-2026-00001", "郑财计备-2026-00002", "郑财计备-2026-00003"]


def test_other_divisions_have_a_sequence_each(session: Session) -> None:
    numbers = [next_number(session, "plan", code, 2026) for code in ("410300", "410000", "410300")]

    assert numbers == [
        "豫财计备-410300-2026-00001",
        "豫财计备-410000-2026-00001",
        "豫财计备-410300-2026-00002",
    ]


def test_a_new_year_starts_again(session: Session) -> None:
    next_number(session, "plan", "410100", 2026)

    assert next_number(session, "plan", "410100", 2027) == "郑财计备-2027-00001"


def test_pingdingshan_has_its_own_pattern(session: Session) -> None:
    assert next_number(session, "plan", "410421", 2026) == "平财计备-2026-00001"


def test_a_division_without_a_rule_gets_no_number(session: Session) -> None:
    with pytest.raises(ConfigurationError):
        next_number(session, "plan", "620981", 2026)


def loaded(database_url: str) -> Database:
    database = Database(database_url)
    with database.session(write=True) as session:
        load_demo(session, STAGE_DAY, hash_password=str)
        session.commit()
    return database


def test_numbers_taken_at_the_same_time_leave_no_gap(database_url: str) -> None:
    database = loaded(database_url)

    def take(_turn: int) -> str:
        with database.session(write=True) as session:
            number = next_number(session, "plan", "410100", 2026)
            session.commit()
        return number

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = list(pool.map(take, range(20)))

    assert sorted(numbers) == [f"郑财计备-2026-{count:05d}" for count in range(1, 21)]
    database.dispose()


def test_a_rolled_back_number_is_given_again(database_url: str) -> None:
    database = loaded(database_url)

    with database.session(write=True) as session:
        lost = next_number(session, "plan", "410100", 2026)
    with database.session(write=True) as session:
        again = next_number(session, "plan", "410100", 2026)

    assert lost == again == "郑财计备-2026-00001"
    database.dispose()
