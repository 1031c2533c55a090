"""One award in force per lot; a change cancels and points back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from handlers.records.awards import NewAward, active_awards, award_of_lot, record_award
from handlers.records.organisations import (
    Account,
    AccountKind,
    account_of,
    agencies,
    open_account,
    platforms,
    supplier_of_code,
    supplier_of_uscc,
    suppliers,
)
from tests.handlers.records.spine import DAY, NOW, a_notice, a_project, two_lots

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def first_award(session: Session) -> NewAward:
    project = a_project(session)
    lot, _other = two_lots(session, project)
    return NewAward(
        project=project.key,
        lot=lot.key,
        supplier="SU03",
        amount=Decimal("788000.00"),
        notice=a_notice(session, project, lot),
        awarded_on=DAY,
    )


def test_a_changed_award_takes_the_place_of_the_one_before(session: Session) -> None:
    new = first_award(session)
    old = record_award(session, new, NOW)

    key = record_award(session, replace(new, supplier="SU02", replaces=old), NOW)

    (active,) = active_awards(session, new.project)
    assert (active.key, active.supplier, active.replaces) == (key, "SU02", old)
    assert award_of_lot(session, new.lot) == active


def test_a_lot_is_won_once(session: Session) -> None:
    new = first_award(session)
    record_award(session, new, NOW)

    with pytest.raises(IntegrityError):
        record_award(session, replace(new, supplier="SU02"), NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE award SET amount = 1",
        "UPDATE award SET supplier = 'SU02', state = 'cancelled'",
        "DELETE FROM award",
    ],
)
def test_an_award_is_cancelled_and_never_changed(session: Session, statement: str) -> None:
    record_award(session, first_award(session), NOW)

    with pytest.raises(DBAPIError, match="an award is cancelled"):
        session.execute(text(statement))


def test_an_account_for_the_project_goes_before_the_general_one(session: Session) -> None:
    project = a_project(session)
    general = account_of(session, "SU01", AccountKind.MIGRANT_WAGE, project.key)
    own = Account(
        account_name="郑州示例建筑工程有限公司（本项目）",
        bank="演示银行郑州支行",
        account_number="6201000000000099",
    )

    open_account(session, "SU01", AccountKind.MIGRANT_WAGE, own, NOW, project.key)

    assert general is not None
    assert general.account_number == "6201000000000001"
    assert account_of(session, "SU01", AccountKind.MIGRANT_WAGE, project.key) == own
    assert account_of(session, "SU01", AccountKind.MIGRANT_WAGE, 404) == general
    assert account_of(session, "SU02", AccountKind.MIGRANT_WAGE, project.key) is None


def test_a_new_account_closes_the_one_before(session: Session) -> None:
    new = Account(account_name="新户名", bank="演示银行", account_number="6200000000000999")

    open_account(session, "SU01", AccountKind.SUPPLIER, new, NOW)

    assert account_of(session, "SU01", AccountKind.SUPPLIER, 1) == new


def test_suppliers_agencies_and_platforms_of_the_demonstration(session: Session) -> None:
    assert len(suppliers(session)) == 8
    found = supplier_of_uscc(session, "91410402MA0002037E")
    assert found == supplier_of_code(session, "SU03")
    assert found is not None
    assert found.legal_person_phone == "19900020003"
    assert supplier_of_code(session, "SU99") is None
    assert [item.code for item in agencies(session, "410421")] == [
        f"AG{number:02}" for number in range(7, 13)
    ]
    assert [item.code for item in platforms(session, "410421", DAY)] == ["ggzy410400"]
    assert platforms(session, "410300", DAY) == []
