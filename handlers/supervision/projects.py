"""项目监督: every project of the regulator's divisions, all its stages on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dossier import Dossier, DossierLine, DossierPage, DossierPart, declare
from engine.exhibit import Words
from handlers.records.lots import LotState, lots_of
from handlers.records.organisations import suppliers
from handlers.records.projects import Stage, project_of_key, projects_of_divisions
from handlers.records.units import public_body_of
from handlers.supervision.stages import stages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dossier import DossierContext
    from handlers.records.projects import Project

#: Lines of the list at most; older projects are found by searching.
_MOST: Final = 200
_STAGES: Final = {
    Stage.INTENTION: "意向已公开",
    Stage.PLANNED: "计划已备案",
    Stage.ANNOUNCED: "已发布采购公告",
    Stage.AWARDED: "已发布结果公告",
    Stage.CONTRACTED: "合同已备案",
    Stage.ACCEPTED: "已验收",
    Stage.SETTLED: "已支付",
    Stage.TERMINATED: "已终止",
}
_LOTS: Final = {
    LotState.RECEIVED: "未公告",
    LotState.ANNOUNCED: "已公告",
    LotState.AWARDED: "已有结果",
    LotState.CONTRACTED: "已签合同",
    LotState.FAILED: "流标",
    LotState.TERMINATED: "已终止",
}
_LOT_COLUMNS: Final = (
    Words("标段编号", "Lot no."),
    Words("标段名称", "Name"),
    Words("预算（元）", "Budget (yuan)"),
    Words("状态", "State"),
)
_STAGE_COLUMNS: Final = (
    Words("时间", "When"),
    Words("环节", "Stage"),
    Words("编号", "No."),
    Words("内容", "What"),
    Words("金额（元）", "Amount (yuan)"),
)


def _lines(context: DossierContext, words: str) -> Sequence[DossierLine]:
    if not context.prefixes:
        return []
    session = context.session
    found = projects_of_divisions(session, context.prefixes, words, _MOST)
    units = {unit: public_body_of(session, unit).name for unit in {one.unit for one in found}}
    return [
        DossierLine(
            key=str(item.key),
            cells=(
                item.name,
                item.number or "",
                units[item.unit],
                item.method,
                f"{item.amount:,.2f}",
                _STAGES[item.stage],
            ),
        )
        for item in found
    ]


def _page(context: DossierContext, key: str) -> DossierPage | None:
    item = project_of_key(context.session, int(key)) if key.isascii() and key.isdigit() else None
    if item is None or not item.division.startswith(context.prefixes):
        return None
    session = context.session
    names = {one.code: one.name for one in suppliers(session)}
    lots = [
        (lot.number, lot.name, f"{lot.amount:,.2f}", _LOTS[lot.state])
        for lot in lots_of(session, item.key)
    ]
    parts = [
        DossierPart(
            heading=Words("各环节", "All stages"),
            columns=_STAGE_COLUMNS,
            rows=[one.cells for one in stages_of(session, item, names)],
        )
    ]
    if lots:
        heading = Words("标段", "Lots")
        parts.append(DossierPart(heading=heading, columns=_LOT_COLUMNS, rows=lots))
    return DossierPage(title=item.name, facts=_facts(context, item), parts=parts)


def _facts(context: DossierContext, item: Project) -> list[tuple[Words, str]]:
    return [
        (Words("项目编号", "Project no."), item.number or "尚未编号"),
        (Words("采购单位", "Purchaser"), public_body_of(context.session, item.unit).name),
        (Words("采购方式", "Method"), item.method),
        (Words("组织形式", "Organisation"), item.organisation_form),
        (Words("金额（元）", "Amount (yuan)"), f"{item.amount:,.2f}"),
        (Words("交易平台", "Platform"), item.platform or "无"),
        (Words("当前阶段", "Stage"), _STAGES[item.stage]),
        (Words("OCID", "OCID"), item.ocid),
    ]


SUPERVISION: Final = declare(
    Dossier(
        name="project_supervision",
        title=Words("项目监督", "Project supervision"),
        roles=frozenset({"reg_first", "reg_second"}),
        columns=(
            Words("项目名称", "Project"),
            Words("项目编号", "Project no."),
            Words("采购单位", "Purchaser"),
            Words("采购方式", "Method"),
            Words("金额（元）", "Amount (yuan)"),
            Words("当前阶段", "Stage"),
        ),
        lines=_lines,
        page=_page,
    )
)
