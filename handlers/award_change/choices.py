"""Offer the awards that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.records.contracts import contractable_counts, contractable_lots
from handlers.records.organisations import suppliers
from handlers.records.projects import projects_of_unit

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("award_change.lots")
def lots(context: RecordContext) -> list[Option]:
    """Return the unit's lots of published results that are in no contract, newest project first."""
    session, matter = context.session, context.matter
    key = int(matter.instance_key)
    with_awards = contractable_counts(session, matter.unit, key)
    names = {one.code: one.name for one in suppliers(session)}
    return [
        Option(
            value=lot.number,
            label=f"{item.name} {lot.name}" if lot.name != item.name else item.name,
            hint=f"{lot.number} · {names.get(lot.supplier, '')} · ¥{lot.amount:,.2f}",
            fills={
                "project_name": item.name,
                "project_number": str(item.number),
                "old_supplier": names.get(lot.supplier, lot.supplier),
                "old_amount": f"{lot.amount:,.2f}",
            },
        )
        for item in projects_of_unit(session, matter.unit)
        if item.key in with_awards
        for lot in contractable_lots(session, item.key, key)
    ]


@lookup("award_change.projects")
def projects(context: RecordContext) -> list[Option]:
    """Return the unit's projects with awards that are in no contract, newest first."""
    session, matter = context.session, context.matter
    with_awards = contractable_counts(session, matter.unit, int(matter.instance_key))
    return [
        Option(value=str(item.number), label=item.name, hint=str(item.number))
        for item in projects_of_unit(session, matter.unit)
        if item.key in with_awards
    ]
