"""Regulated values: nearest superior first, in force on the day, ``>=`` at the amount."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, update

from engine.errors import ConfigurationError
from handlers.records.regulated import (
    Threshold,
    is_in_catalogue,
    regulation_of,
    superior_codes,
)
from handlers.records.tables import review_flag, threshold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY = date(2026, 6, 10)


UNIT = "410100-JY01"


def threshold_for(session: Session, division: str, on: date) -> Threshold:
    return regulation_of(session, UNIT, division, on).threshold


def is_flagged(session: Session, unit: str, on: date) -> bool:
    return regulation_of(session, unit, "410100", on).flagged


def test_codes_are_looked_up_from_county_to_province() -> None:
    assert superior_codes("410122") == ("410122", "410100", "410000")
    assert superior_codes("410100") == ("410100", "410000")
    assert superior_codes("410000") == ("410000",)


@pytest.mark.parametrize(
    ("division", "limit"),
    [
        ("410122", "300000.00"),
        ("410105", "500000.00"),
        ("410100", "500000.00"),
        ("410200", "1000000.00"),
        ("410000", "1000000.00"),
    ],
)
def test_a_division_inherits_from_its_nearest_superior(
    session: Session, division: str, limit: str
) -> None:
    found = threshold_for(session, division, DAY)

    assert found.limit(works=False) == Decimal(limit)


def test_works_have_thresholds_of_their_own(session: Session) -> None:
    found = threshold_for(session, "410100", DAY)

    assert found.limit(works=True) == Decimal("600000.00")
    assert found.open_tender(works=True) == Decimal("4000000.00")


def test_a_new_threshold_holds_from_its_first_day(session: Session) -> None:
    old = threshold.c.division == "410100"
    session.execute(update(threshold).where(old).values(valid_to=DAY - timedelta(days=1)))
    amounts = {
        name: Decimal(700_000)
        for name in (
            "open_tender_goods_services",
            "open_tender_works",
            "limit_goods_services",
            "limit_works",
        )
    }
    row = {"division": "410100", "valid_from": DAY, "valid_to": None, **amounts}
    session.execute(insert(threshold).values(**row))

    before = threshold_for(session, "410100", DAY - timedelta(days=1))
    after = threshold_for(session, "410100", DAY)

    assert before.limit(works=False) == Decimal(500_000)
    assert after.limit(works=False) == Decimal(700_000)


def test_no_threshold_in_force_stops_the_plan(session: Session) -> None:
    with pytest.raises(ConfigurationError):
        threshold_for(session, "410100", date(2019, 12, 31))


@pytest.mark.parametrize(
    ("codes", "listed"),
    [
        (["A02010104"], True),
        (["A0601"], True),
        (["A05"], False),
        (["A05", "C1204"], True),
        (["A0201"], False),
    ],
)
def test_the_catalogue_lists_codes_with_their_sub_items(
    session: Session, codes: list[str], listed: bool
) -> None:
    assert is_in_catalogue(session, "410122", codes, DAY) is listed


def test_a_unit_is_flagged_while_the_flag_is_in_force(session: Session) -> None:
    row = {
        "unit": UNIT,
        "valid_from": DAY,
        "valid_to": DAY + timedelta(days=30),
        "reason": "专项检查",
    }
    session.execute(insert(review_flag).values(**row))

    assert not is_flagged(session, UNIT, DAY - timedelta(days=1))
    assert is_flagged(session, UNIT, DAY)
    assert is_flagged(session, UNIT, DAY + timedelta(days=30))
    assert not is_flagged(session, UNIT, DAY + timedelta(days=31))
    assert not is_flagged(session, "410100-JY02", DAY)
