"""Offer the projects that an agency may be entrusted with, and the agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.handler import Option, lookup
from handlers.records.organisations import agencies as read_agencies
from handlers.records.projects import Stage, projects_of_unit

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.organisations import Agency

#: Stages in which an agency still has something to do.
OPEN_STAGES: Final = frozenset({Stage.PLANNED, Stage.ANNOUNCED})


@lookup("entrustment.projects")
def projects(context: RecordContext) -> list[Option]:
    """Return the unit's filed projects without a result, newest first."""
    return [
        Option(
            value=str(item.number),
            label=item.name,
            hint=f"{item.number} · {item.organisation_form} · ¥{item.amount:,.2f}",
        )
        for item in projects_of_unit(context.session, context.matter.unit)
        if item.number is not None and item.stage in OPEN_STAGES
    ]


@lookup("entrustment.agencies")
def agencies(context: RecordContext) -> list[Option]:
    """Return the active agencies of the province with what they may do."""
    found = read_agencies(context.session, context.matter.division)
    return [Option(value=item.code, label=item.name, hint=_kind(item)) for item in found]


def _kind(item: Agency) -> str:
    kind = "集中采购机构" if item.central else "社会代理机构"
    return f"{kind} · 可代理工程" if item.works_qualified else kind
