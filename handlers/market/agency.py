"""受托项目: the projects in which an agency acts or has acted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.dossier import (
    Dossier,
    DossierColumn,
    DossierEvent,
    DossierLine,
    DossierLines,
    DossierPage,
    declare,
)
from engine.exhibit import Words
from engine.model.keys import parse_key
from handlers.projects.words import NOTICES, STAGES
from handlers.records.market import entrusted_project, entrusted_projects
from handlers.records.notices import notices_of_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from engine.dossier import Cell, DossierContext, DossierSearch
    from handlers.records.market import EntrustedProject

_COLUMNS: Final = (
    DossierColumn(title=Words("项目名称", "Project")),
    DossierColumn(title=Words("项目编号", "Project no.")),
    DossierColumn(title=Words("采购单位", "Purchaser")),
    DossierColumn(title=Words("预算金额（元）", "Budget (yuan)")),
    DossierColumn(title=Words("协议编号", "Agreement no.")),
    DossierColumn(title=Words("委托生效", "In force from")),
    DossierColumn(title=Words("委托终止", "Ended on")),
    DossierColumn(title=Words("当前阶段", "Stage")),
)


def _lines(context: DossierContext, search: DossierSearch, first: int, number: int) -> DossierLines:
    found, total = entrusted_projects(context.session, context.units, search.words, first, number)
    lines = [DossierLine(key=str(one.key), cells=_cells(one)) for one in found]
    return DossierLines(lines=lines, total=total)


def _cells(one: EntrustedProject) -> tuple[Cell, ...]:
    return (
        one.project_name,
        one.project_number,
        one.purchaser,
        one.amount,
        one.agreement_no,
        _day(one.accepted_at),
        _day(one.ended_at),
        STAGES[one.stage].zh,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(OFFICE_ZONE).date()


def _page(context: DossierContext, key: str) -> DossierPage | None:
    one = entrusted_project(context.session, context.units, parse_key(key) or 0)
    if one is None:
        return None
    heads = [column.title for column in _COLUMNS[1:]]
    facts = [*zip(heads, _cells(one)[1:], strict=True), (Words("委托事项", "Scope"), one.scope)]
    return DossierPage(
        title=one.project_name,
        facts=[fact for fact in facts if fact[1] is not None],
        events=sorted(_events(context, one), key=lambda event: event.at),
    )


def _events(context: DossierContext, one: EntrustedProject) -> Iterator[DossierEvent]:
    yield DossierEvent(
        at=one.accepted_at,
        name=Words("委托生效", "Entrustment in force"),
        what=one.scope,
        number=one.agreement_no,
        matter=str(one.key),
    )
    if one.ended_at is not None:
        yield DossierEvent(at=one.ended_at, name=Words("委托终止", "Entrustment ended"))
    for notice in notices_of_project(context.session, one.project):
        yield DossierEvent(
            at=notice.first_published_at,
            name=NOTICES[notice.kind],
            what=notice.title,
            notice=str(notice.key),
        )


ENTRUSTED: Final = declare(
    Dossier(
        name="entrusted_projects",
        title=Words("受托项目", "Entrusted projects"),
        roles=frozenset({"agency"}),
        recorded=False,
        columns=_COLUMNS,
        lines=_lines,
        page=_page,
    )
)
