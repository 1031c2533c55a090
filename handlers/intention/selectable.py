"""Offer the intentions that R03 lets the plan choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.handler import Option, lookup
from handlers.intention.window import window_facts
from handlers.records.intentions import published_by

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.intentions import Intention

#: Decision id of R03.
WINDOW: Final = "intention_window"


@lookup("intention.selectable")
def selectable(context: RecordContext) -> list[Option]:
    """Return the unit's own intentions inside the window, oldest first."""
    matter, plan_key = context.matter, int(context.matter.instance_key)
    judged = [
        (item, window_facts(item, holding, matter))
        for item, holding in published_by(context.session, matter.unit, plan_key)
    ]
    return [
        _option(item, facts.days_since_publication)
        for item, facts in judged
        if _is_selectable(context.decide(WINDOW, facts.inputs()))
    ]


def _is_selectable(result: object) -> bool:
    return isinstance(result, dict) and result.get("selectable") is True


def _option(item: Intention, days: int) -> Option:
    return Option(
        value=item.code,
        label=item.title,
        hint=f"{item.published_on.isoformat()}（{days} 天） · ¥{item.budget:,.2f}",
        fills={"plan_name": item.title, "intention_budget": str(item.budget)},
    )
