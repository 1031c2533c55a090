"""One project, one OCID, from the intention or the plan onwards; its lots."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError

from handlers.records.lots import (
    IncomingLot,
    LotState,
    ensure_own_lot,
    lots_of,
    mark,
    receive,
    unannounced_lots,
)
from handlers.records.projects import (
    Stage,
    advance,
    file_plan,
    project_of_intention,
    project_of_key,
    project_of_number,
    project_of_plan,
    projects_of_unit,
)
from handlers.records.tables import project as project_table
from tests.handlers.records.spine import NOW, a_notice, a_plan, a_project, planned, two_lots

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.records.lots import Intake, Lot
    from handlers.records.projects import Project


def test_a_filed_plan_begins_a_project(session: Session) -> None:
    project = a_project(session)

    assert project.ocid == "ocds-000000-平财计备-2026-00001"
    assert project.stage is Stage.PLANNED
    assert project_of_number(session, "平财计备-2026-00001") == project
    assert project_of_plan(session, 1) == project
    assert projects_of_unit(session, project.unit) == [project]


def test_the_plan_of_an_intention_goes_on_with_its_project(session: Session) -> None:
    begun = project_of_intention(session, "INT01")
    assert begun is not None
    assert (begun.stage, begun.number, begun.plan) == (Stage.INTENTION, None, None)

    key = file_plan(session, planned(a_plan(session, 7), "郑财计备-2026-00001", "INT01"), NOW)

    assert key == begun.key
    project = project_of_plan(session, 7)
    assert project is not None
    assert (project.ocid, project.stage) == (begun.ocid, Stage.PLANNED)


@pytest.mark.parametrize(
    "change", [{"ocid": "ocds-000000-x"}, {"number": "平财计备-2026-99999"}, {"number": None}]
)
def test_what_is_given_once_is_never_changed(
    session: Session, change: dict[str, str | None]
) -> None:
    project = a_project(session)

    with pytest.raises(DBAPIError, match="given once"):
        session.execute(
            update(project_table).where(project_table.c.key == project.key).values(**change)
        )


def test_a_plan_has_one_project(session: Session) -> None:
    a_project(session)

    with pytest.raises(IntegrityError):
        file_plan(session, planned(1, "平财计备-2026-00002"), NOW)


def test_a_project_never_goes_back(session: Session) -> None:
    project = a_project(session)

    advance(session, project.key, Stage.AWARDED)
    advance(session, project.key, Stage.ANNOUNCED)

    found = project_of_key(session, project.key)
    assert found is not None
    assert found.stage is Stage.AWARDED


def test_lots_that_come_again_change_nothing(session: Session) -> None:
    project = a_project(session)
    first = two_lots(session, project)

    again = two_lots(session, project)

    assert again == first
    assert [lot.revision for lot in first] == [1, 1]


def change_first(session: Session, project: Project, lots: list[Lot]) -> Intake:
    changed = IncomingLot(number=lots[0].number, name="电脑", amount=Decimal(900000))
    return receive(session, project.key, [changed], "M-2", NOW)


def test_a_changed_lot_gets_a_new_revision_and_the_total_is_reported(session: Session) -> None:
    project = a_project(session)
    lots = two_lots(session, project)

    intake = change_first(session, project, lots)

    assert intake.changed == (lots[0].number,)
    assert intake.total == Decimal("1374000.00")
    assert [(lot.revision, lot.message_id) for lot in lots_of(session, project.key)] == [
        (2, "M-2"),
        (1, "M-1"),
    ]


def test_an_announced_lot_is_left_as_it_was_published(session: Session) -> None:
    project = a_project(session)
    lots = two_lots(session, project)
    a_notice(session, project, lots[0])

    intake = change_first(session, project, lots)

    assert intake.frozen == (lots[0].number,)
    assert lots_of(session, project.key)[0].amount == Decimal("800000.00")
    assert [lot.number for lot in unannounced_lots(session, project.key)] == [lots[1].number]


def test_a_project_without_lots_is_its_own_only_lot(session: Session) -> None:
    project = a_project(session)

    own = ensure_own_lot(session, project, NOW)

    assert (own.number, own.amount) == ("平财计备-2026-00001-01", project.amount)
    assert ensure_own_lot(session, project, NOW) == own
    mark(session, [own.key], LotState.AWARDED, NOW)
    assert lots_of(session, project.key)[0].state is LotState.AWARDED
