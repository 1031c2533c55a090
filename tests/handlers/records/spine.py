"""Ready-made projects, lots and notices for tests of the records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.records.lots import IncomingLot, Lot, lots_of, receive
from handlers.records.notices import (
    NewNotice,
    NoticeKind,
    NoticeText,
    Section,
    Signature,
    publish,
)
from handlers.records.plans import Plan, PlanItem, put_plan
from handlers.records.projects import PlannedProject, Project, file_plan, project_of_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = datetime(2026, 5, 11, 1, 0, tzinfo=UTC)
DAY = date(2026, 5, 11)
UNIT = "410400-JY01"
SIGNATURE = Signature(login="pdzx_jb", instance_key=1, now=NOW)
TEXT = NoticeText(
    title="职校实训电脑公开招标公告",
    sections=(Section(heading="一、项目基本情况", fields=(("项目名称", "职校实训电脑"),)),),
    facts={"budget": "1274000.00"},
    period_from=DAY,
    period_to=date(2026, 5, 18),
)


def a_plan(session: Session, key: int) -> int:
    line = PlanItem(
        category_code="A02010104",
        name="台式计算机",
        quantity=Decimal(260),
        unit="台",
        unit_price=Decimal(4900),
        amount=Decimal(1274000),
    )
    plan = Plan(
        instance_key=key,
        name="职校实训电脑",
        unit=UNIT,
        division="410400",
        variant="pds_plan_filing",
        channel="项目采购",
        method="公开招标",
        organisation_form="政府集中采购",
        budget_source="一般公共预算",
        amount=line.amount,
        category_class="A",
        import_product=False,
        nonstandard_method=False,
        intention_required=None,
        unlinked_reason="",
        contact="示例联系人",
        contact_phone="0375-55550001",
        expected_month="2026-07",
        submitted_at=NOW,
        submitted_by="pdzx_jb",
        platform="ggzy410400",
    )
    put_plan(session, plan, [line], DAY)
    return key


def planned(plan: int, number: str, intention: str | None = None) -> PlannedProject:
    return PlannedProject(
        plan=plan,
        number=number,
        intention=intention,
        unit=UNIT,
        division="410400",
        name="职校实训电脑",
        category_class="A",
        method="公开招标",
        organisation_form="政府集中采购",
        amount=Decimal(1274000),
        platform="ggzy410400",
    )


def a_project(session: Session, plan: int = 1, number: str = "平财计备-2026-00001") -> Project:
    key = file_plan(session, planned(a_plan(session, plan), number), NOW)
    project = project_of_key(session, key)
    assert project is not None
    return project


def two_lots(session: Session, project: Project) -> list[Lot]:
    incoming = [
        IncomingLot(number=f"{project.number}-01", name="电脑", amount=Decimal(800000)),
        IncomingLot(number=f"{project.number}-02", name="网络", amount=Decimal(474000)),
    ]
    receive(session, project.key, incoming, "M-1", NOW)
    return lots_of(session, project.key)


def a_notice(session: Session, project: Project, *lots: Lot) -> int:
    new = NewNotice(
        kind=NoticeKind.TENDER,
        project=project.key,
        unit=project.unit,
        division=project.division,
        lots=lots,
    )
    return publish(session, new, TEXT, SIGNATURE)
