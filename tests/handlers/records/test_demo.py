"""The demonstration data: complete, loaded once, moved to the day that they play on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from engine.model.places import Place, PlaceKind
from engine.store.database import Database
from engine.store.identity import Identity
from engine.store.staffing import Staffing
from handlers.records.demo import STAGE_DAY, load_demo, plan_answers, plan_login
from handlers.records.intentions import intention_of, published_by
from handlers.records.tables import intention

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_second_load_changes_nothing(session: Session) -> None:
    again = load_demo(session, date(2027, 1, 1), hash_password=str)

    assert not again.loaded
    assert any("zzyz_jb" in line for line in again.accounts)
    found = intention_of(session, "INT01", 0)
    assert found is not None
    assert found[0].published_on == date(2026, 5, 11)


@pytest.mark.parametrize("today", [STAGE_DAY, date(2026, 11, 21), date(2028, 2, 29)])
def test_intentions_keep_their_distance_from_the_day_that_is_played(
    database_url: str, today: date
) -> None:
    database = Database(database_url)
    with database.session(write=True) as session:
        load_demo(session, today, hash_password=str)
        days = {
            item.code: (today - item.published_on).days
            for unit in ("410100-JY01", "410122-ZJJ")
            for item, _holding in published_by(session, unit, 0)
        }
    database.dispose()

    assert days["INT01"] == 30
    assert days["INT02"] == 90
    assert days["INT90"] == 29
    assert days["INT91"] == 91


def test_everybody_of_the_seed_is_there_with_posts(session: Session) -> None:
    person = Identity(session).participant("zzyw2_cs")

    assert person is not None
    assert person.unit.code == "410100-YWC2"
    assert [(m.role, m.scope_prefix) for m in person.memberships] == [("biz_first", "4101")]
    assert session.execute(select(func.count()).select_from(intention)).scalar_one() == 16


@pytest.mark.parametrize(
    ("unit", "office"),
    [
        ("410100-JY01", "410100-YWC2"),
        ("410100-WJ01", "410100-YWC2"),
        ("410122-ZJJ", "410100-YWC1"),
        ("410300-SW01", None),
    ],
)
def test_schools_and_hospitals_have_another_business_office(
    session: Session, unit: str, office: str | None
) -> None:
    place = Place(kind=PlaceKind.OFFICE, unit=unit, relation="business_office", division=unit[:6])

    assert Staffing(session).staff(place, ["biz_first"]).unit == office


def test_plans_are_ready_made_answers() -> None:
    answers = plan_answers("PL025", date(2026, 12, 1))

    assert answers["intention_id"] == "INT01"
    assert answers["expected_month"] == "2027-01"
    assert plan_login("PL025") == "zzyz_jb"
    with pytest.raises(KeyError):
        plan_login("PL999")
