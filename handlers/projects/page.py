"""The page of a project: facts, stages, everything that happened, lots, contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.dossier import DossierPage, DossierPart
from engine.exhibit import Words
from engine.model.keys import parse_key
from handlers.projects.events import events_of
from handlers.projects.facts import facts_of
from handlers.projects.milestones import milestones_of
from handlers.projects.words import LOTS, STAGES
from handlers.records.organisations import platforms
from handlers.records.project_search import Area
from handlers.records.projects import project_of_key
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from engine.dossier import Cell, DossierContext
    from handlers.projects.facts import ProjectFacts
    from handlers.records.projects import Project

_LOT_COLUMNS: Final = (
    Words("标段编号", "Lot no."),
    Words("标段名称", "Name"),
    Words("预算（元）", "Budget (yuan)"),
    Words("状态", "State"),
    Words("中标供应商", "Awarded to"),
    Words("中标金额（元）", "Award (yuan)"),
)
_CONTRACT_COLUMNS: Final = (
    Words("合同编号", "Contract no."),
    Words("合同名称", "Name"),
    Words("供应商", "Supplier"),
    Words("签订日期", "Signed on"),
    Words("合同金额（元）", "Amount (yuan)"),
    Words("已支付（元）", "Paid (yuan)"),
)


def project_page(context: DossierContext, key: str) -> DossierPage | None:
    """Return the page of a project of the reader's."""
    item = project_of_key(context.session, parse_key(key) or 0)
    area = Area(prefixes=context.prefixes, units=context.units)
    if item is None or not area.holds(item):
        return None
    facts = facts_of(context.session, item, context.now)
    return DossierPage(
        title=item.name,
        facts=_about(context.session, item),
        milestones=milestones_of(facts),
        events=events_of(facts),
        parts=list(_parts(facts)),
    )


def _about(session: Session, item: Project) -> list[tuple[Words, Cell]]:
    begun = item.created_at.astimezone(OFFICE_ZONE).date()
    named = {one.code: one.name for one in platforms(session, item.division, begun)}
    platform: Cell = Words("不进场", "None")
    if item.platform is not None:
        platform = named.get(item.platform, item.platform)
    return [
        (
            Words("项目编号", "Project no."),
            item.number or Words("尚未编号", "Not numbered yet"),
        ),
        (Words("采购单位", "Purchaser"), public_body_of(session, item.unit).name),
        (
            Words("采购方式", "Method"),
            item.method or Words("计划备案时确定", "Chosen with the plan"),
        ),
        (Words("组织形式", "Organisation"), item.organisation_form or "—"),
        (Words("预算金额（元）", "Budget (yuan)"), item.amount),
        (Words("交易平台", "Platform"), platform),
        (Words("当前阶段", "Stage"), STAGES[item.stage]),
        (Words("OCID", "OCID"), item.ocid),
    ]


def _parts(facts: ProjectFacts) -> Iterator[DossierPart]:
    if facts.lots:
        awards = {one.lot: one for one in facts.awards}
        rows: list[list[Cell]] = []
        for lot in facts.lots:
            award = awards.get(lot.key)
            winner = facts.supplier(award.supplier) if award else ""
            amount = award.amount if award else None
            rows.append([lot.number, lot.name, lot.amount, LOTS[lot.state], winner, amount])
        yield DossierPart(heading=Words("标段", "Lots"), columns=_LOT_COLUMNS, rows=rows)
    filed = [one for one in facts.contracts if one.filed_at is not None]
    if filed:
        yield DossierPart(
            heading=Words("合同与支付", "Contracts and payments"),
            columns=_CONTRACT_COLUMNS,
            rows=[
                [
                    one.contract_no,
                    one.name,
                    facts.supplier(one.supplier),
                    one.signed_on,
                    one.amount,
                    facts.paid_of(one),
                ]
                for one in filed
            ],
        )
