"""Offer the projects and lots for which a contract can be filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.contract.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.records.contracts import contractable_counts, contractable_lots
from handlers.records.organisations import suppliers
from handlers.records.projects import projects_of_unit

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("contract.projects")
def projects(context: RecordContext) -> list[Option]:
    """Return the unit's projects with awarded lots that are in no contract, newest first."""
    session, matter = context.session, context.matter
    waiting = contractable_counts(session, matter.unit, int(matter.instance_key))
    return [
        Option(
            value=str(item.number),
            label=item.name,
            hint=f"{item.number} · {item.method} · {waiting[item.key]} 个标段待备案合同",
        )
        for item in projects_of_unit(session, matter.unit)
        if item.key in waiting
    ]


@lookup("contract.open_lots")
def open_lots(context: RecordContext) -> list[Option]:
    """Return the lots of the published results of the chosen project that are in no contract."""
    session = context.session
    item = chosen_project(context, CHOICE_FORM)
    names = {one.code: one.name for one in suppliers(session)}
    return [
        Option(
            value=lot.number,
            label=f"{lot.number.removeprefix(f'{item.number}-')} {lot.name}",
            hint=f"{names.get(lot.supplier, lot.supplier)} · ¥{lot.amount:,.2f}",
        )
        for lot in contractable_lots(session, item.key, int(context.matter.instance_key))
    ]
