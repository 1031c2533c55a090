"""采购项目 for the units that they concern, 项目监督 for regulators: the same list and page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.dossier import (
    Dossier,
    DossierColumn,
    DossierFilter,
    DossierLine,
    DossierLines,
    DossierOption,
    FilterKind,
    declare,
)
from engine.exhibit import Words
from handlers.projects.page import project_page
from handlers.projects.words import STAGES
from handlers.records.project_search import (
    Area,
    ProjectSearch,
    contracted,
    count_projects,
    counts_by_stage,
    find_projects,
    paid,
    units_of,
    values_of,
    years_of,
)
from handlers.records.projects import Stage
from handlers.reference.divisions import division_name, prefix_of, with_surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dossier import DossierContext, DossierSearch

_COLUMNS: Final = (
    DossierColumn(title=Words("项目名称", "Project")),
    DossierColumn(title=Words("项目编号", "Project no.")),
    DossierColumn(title=Words("采购单位", "Purchaser")),
    DossierColumn(title=Words("采购方式", "Method")),
    DossierColumn(title=Words("预算金额（元）", "Budget (yuan)"), amount=True),
    DossierColumn(title=Words("合同金额（元）", "Contracts (yuan)"), amount=True),
    DossierColumn(title=Words("已支付（元）", "Paid (yuan)"), amount=True),
    DossierColumn(title=Words("当前阶段", "Stage")),
    DossierColumn(title=Words("立项日期", "Begun on"), shown=False),
    DossierColumn(title=Words("组织形式", "Organisation"), shown=False),
    DossierColumn(title=Words("区划", "Division"), shown=False),
    DossierColumn(title=Words("OCID", "OCID"), shown=False),
)


def _lines(context: DossierContext, search: DossierSearch, first: int, number: int) -> DossierLines:
    wanted = _wanted(context, search)
    found = find_projects(context.session, wanted, first, number)
    keys = [one.item.key for one in found]
    contracts, payments = contracted(context.session, keys), paid(context.session, keys)
    lines = [
        DossierLine(
            key=str(one.item.key),
            cells=(
                one.item.name,
                one.item.number or "",
                one.unit_name,
                one.item.method,
                one.item.amount,
                contracts.get(one.item.key),
                payments.get(one.item.key),
                STAGES[one.item.stage],
                one.item.created_at.astimezone(OFFICE_ZONE).date(),
                one.item.organisation_form,
                division_name(one.item.division),
                one.item.ocid,
            ),
        )
        for one in found
    ]
    return DossierLines(lines=lines, total=count_projects(context.session, wanted))


def _wanted(context: DossierContext, search: DossierSearch) -> ProjectSearch:
    chosen = search.chosen
    stage, year = chosen.get("stage", ""), chosen.get("year", "")
    return ProjectSearch(
        area=_area(context),
        words=search.words,
        stage=Stage(stage) if stage in tuple(Stage) else None,
        unit=chosen.get("unit", ""),
        division=prefix_of(chosen.get("division", "")),
        method=chosen.get("method", ""),
        year=int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
        least=search.amount("least"),
        most=search.amount("most"),
    )


def _area(context: DossierContext) -> Area:
    return Area(prefixes=context.prefixes, units=context.units)


def _stages(context: DossierContext, search: DossierSearch) -> Sequence[DossierOption]:
    counts = counts_by_stage(context.session, _wanted(context, search.but("stage")))
    chosen = search.chosen.get("stage")
    return [
        DossierOption(value=stage, label=words, count=counts.get(stage, 0))
        for stage, words in STAGES.items()
        if stage in counts or stage == chosen
    ]


def _units(context: DossierContext, _search: DossierSearch) -> Sequence[DossierOption]:
    found = units_of(context.session, _area(context))
    return [DossierOption(value=code, label=Words(name, name)) for code, name in found]


def _divisions(context: DossierContext, _search: DossierSearch) -> Sequence[DossierOption]:
    codes = values_of(context.session, _area(context), "division")
    if len(codes) > 1:
        codes = with_surroundings(codes)
    names = [(code, division_name(code)) for code in codes]
    return [DossierOption(value=code, label=Words(name, name)) for code, name in names]


def _methods(context: DossierContext, _search: DossierSearch) -> Sequence[DossierOption]:
    return _plain(values_of(context.session, _area(context), "method"))


def _years(context: DossierContext, _search: DossierSearch) -> Sequence[DossierOption]:
    return _plain([str(year) for year in years_of(context.session, _area(context))])


def _plain(values: Sequence[str]) -> list[DossierOption]:
    return [DossierOption(value=one, label=Words(one, one)) for one in values if one]


_FILTERS: Final = (
    DossierFilter(
        name="stage", title=Words("阶段", "Stage"), kind=FilterKind.CHIPS, options=_stages
    ),
    DossierFilter(name="division", title=Words("区划", "Division"), options=_divisions),
    DossierFilter(name="unit", title=Words("采购单位", "Purchaser"), options=_units),
    DossierFilter(name="method", title=Words("采购方式", "Method"), options=_methods),
    DossierFilter(name="year", title=Words("年度", "Year"), options=_years),
    DossierFilter(name="least", title=Words("金额从", "From yuan"), kind=FilterKind.AMOUNT),
    DossierFilter(name="most", title=Words("金额至", "To yuan"), kind=FilterKind.AMOUNT),
)

PROJECTS: Final = declare(
    Dossier(
        name="projects",
        title=Words("采购项目", "Projects"),
        roles=frozenset(
            {"purchaser_handler", "purchaser_reviewer", "dept_reviewer", "biz_first", "biz_second"}
        ),
        leaders=True,
        recorded=False,
        columns=_COLUMNS,
        filters=_FILTERS,
        lines=_lines,
        page=project_page,
    )
)
SUPERVISION: Final = declare(
    Dossier(
        name="project_supervision",
        title=Words("项目监督", "Project supervision"),
        roles=frozenset({"reg_first", "reg_second"}),
        columns=_COLUMNS,
        filters=_FILTERS,
        lines=_lines,
        page=project_page,
    )
)
