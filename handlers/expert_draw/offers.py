"""What the forms of the expert draw offer to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.expert_draw.panel import panel_of
from handlers.market import OUTSIDERS
from handlers.records.experts import fields, units_but

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("expert_draw.fields")
def offered_fields(context: RecordContext) -> list[Option]:
    """Offer the fields of the pool that serves the unit's division."""
    return [
        Option(value=name, label=name) for name in fields(context.session, context.matter.division)
    ]


@lookup("expert_draw.units")
def offered_units(context: RecordContext) -> list[Option]:
    """Offer the units whose people can be avoided."""
    return [Option(value=code, label=name) for code, name in units_but(context.session, OUTSIDERS)]


@lookup("expert_draw.places")
def offered_places(context: RecordContext) -> list[Option]:
    """Offer the drawn experts by place and field, never by name: the answers are no secret."""
    panel = panel_of(context.session, int(context.matter.instance_key))
    return [
        Option(value=str(place), label=f"第 {place} 位（{pick.group}）")
        for place, pick in enumerate(panel, start=1)
    ]
