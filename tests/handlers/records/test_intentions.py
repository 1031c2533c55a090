"""One live plan per intention, guarded by the database; the first day of a link is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from handlers.records.intentions import Holding, intention_of, link, release
from handlers.records.plans import Plan, PlanItem, put_plan
from handlers.records.tables import intention_link

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
DAY = date(2026, 6, 10)
LINE = PlanItem(
    category_code="A05",
    name="图书",
    quantity=Decimal("1.500"),
    unit="批",
    unit_price=Decimal("10.00"),
    amount=Decimal("15.00"),
)


def plan(session: Session, key: int) -> int:
    item = Plan(
        instance_key=key,
        name="图书馆图书",
        unit="410100-JY01",
        division="410100",
        variant="zz_plan_filing_linked",
        channel="项目采购",
        method="询价",
        organisation_form="分散采购",
        budget_source="一般公共预算",
        amount=LINE.amount,
        category_class="A",
        import_product=False,
        nonstandard_method=False,
        intention_required=True,
        unlinked_reason="",
        contact="示例联系人",
        contact_phone="0371-55550001",
        expected_month="2026-07",
        submitted_at=NOW,
        submitted_by="zzyz_jb",
    )
    put_plan(session, item, [LINE], DAY)
    return key


def holding(session: Session, code: str, plan_key: int) -> Holding:
    found = intention_of(session, code, plan_key)
    assert found is not None
    return found[1]


def taken(session: Session, codes: list[str], plan_key: int) -> set[str]:
    return {code for code in codes if holding(session, code, plan_key).held_by_other}


def test_a_held_intention_is_taken_for_all_other_plans(session: Session) -> None:
    first, second = plan(session, 1), plan(session, 2)

    assert link(session, "INT01", first, DAY, NOW)

    assert taken(session, ["INT01", "INT02"], second) == {"INT01"}
    assert taken(session, ["INT01", "INT02"], first) == set()


def test_a_second_link_is_refused_and_changes_nothing(session: Session) -> None:
    first, second = plan(session, 1), plan(session, 2)
    link(session, "INT01", first, DAY, NOW)

    assert not link(session, "INT01", second, DAY, NOW)

    assert taken(session, ["INT01"], second) == {"INT01"}


def test_the_database_itself_refuses_a_second_live_link(session: Session) -> None:
    first, second = plan(session, 1), plan(session, 2)
    link(session, "INT01", first, DAY, NOW)
    row = {"key": 99, "intention": "INT01", "plan": second}

    with pytest.raises(IntegrityError):
        session.execute(insert(intention_link).values(**row, reference_date=DAY, linked_at=NOW))


def test_choosing_another_intention_gives_the_first_back(session: Session) -> None:
    first, second = plan(session, 1), plan(session, 2)
    link(session, "INT01", first, DAY, NOW)

    link(session, "INT03", first, DAY, NOW)

    assert taken(session, ["INT01", "INT03"], second) == {"INT03"}


def test_a_released_intention_is_free_and_its_first_day_is_remembered(session: Session) -> None:
    first, second = plan(session, 1), plan(session, 2)
    link(session, "INT01", first, DAY, NOW)

    release(session, first, NOW)
    link(session, "INT01", first, DAY + timedelta(days=70), NOW)

    assert holding(session, "INT01", first).first_day == DAY
    assert holding(session, "INT01", second).first_day is None
    links = select(intention_link.c.released_at).order_by(intention_link.c.key)
    assert [at is None for at in session.execute(links).scalars()] == [False, True]


def test_linking_again_keeps_the_row(session: Session) -> None:
    first = plan(session, 1)
    link(session, "INT01", first, DAY, NOW)

    link(session, "INT01", first, DAY + timedelta(days=5), NOW)

    assert len(list(session.execute(select(intention_link.c.key)))) == 1
