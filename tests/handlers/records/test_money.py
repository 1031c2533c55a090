"""Amounts survive the database to the fen, and nothing is rounded on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import StatementError

from handlers.records.tables import intention

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LARGEST = Decimal("9999999999999.99")


def publish(session: Session, code: str, budget: Decimal) -> None:
    row = {
        "code": code,
        "unit": "410100-JY01",
        "title": "测试",
        "published_on": date(2026, 5, 1),
        "budget": budget,
        "expected_month": "2026-07",
    }
    session.execute(insert(intention).values(**row))


@pytest.mark.parametrize(
    "amount", [Decimal("0.01"), Decimal("0.10"), Decimal("3999999.99"), LARGEST]
)
def test_an_amount_comes_back_exactly(session: Session, amount: Decimal) -> None:
    publish(session, "T1", amount)

    read = session.execute(select(intention.c.budget).where(intention.c.code == "T1")).scalar_one()

    assert read == amount
    assert str(read) == str(amount)


def test_sums_and_comparisons_are_exact_in_the_database(session: Session) -> None:
    publish(session, "T1", Decimal("0.10"))
    publish(session, "T2", Decimal("0.20"))
    ours = intention.c.code.in_(["T1", "T2"])

    total = session.execute(select(func.sum(intention.c.budget)).where(ours)).scalar_one()
    large = session.execute(
        select(intention.c.code).where(ours, intention.c.budget >= Decimal("0.11"))
    ).scalars()

    assert total == Decimal("0.30")
    assert list(large) == ["T2"]


def test_a_third_place_is_refused_not_rounded(session: Session) -> None:
    with pytest.raises((StatementError, ValueError), match="more than two places"):
        publish(session, "T1", Decimal("0.005"))
