"""Offer the projects and lots whose result can be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.award.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.notice.lots import short_number
from handlers.records.lots import announced_lots, projects_awaiting_results
from handlers.records.projects import projects_of_unit

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("award.projects")
def projects(context: RecordContext) -> list[Option]:
    """Return the unit's projects that have announced lots without a result, newest first."""
    session, unit = context.session, context.matter.unit
    waiting = projects_awaiting_results(session, unit)
    return [
        Option(
            value=str(item.number),
            label=item.name,
            hint=f"{item.number} · {item.method} · {waiting[item.key]} 个标段待公告结果",
        )
        for item in projects_of_unit(session, unit)
        if item.key in waiting
    ]


@lookup("award.open_lots")
def open_lots(context: RecordContext) -> list[Option]:
    """Return the announced lots of the chosen project that have no result yet."""
    item = chosen_project(context, CHOICE_FORM)
    return [
        Option(
            value=lot.number,
            label=f"{short_number(lot, item)} {lot.name}",
            hint=f"{lot.number} · ¥{lot.amount:,.2f}",
        )
        for lot in announced_lots(context.session, item.key)
    ]
