"""What a trading centre is told of a filed plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handlers.records.plans import items_of
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from handlers.records.projects import PlannedProject

#: The only channel that a trading centre handles (note of R27: 网上商城, 自行采购 do not).
VIA_PLATFORM: Final = "项目采购"


def push_content(session: Session, planned: PlannedProject) -> Mapping[str, Any]:
    """Return the input ``plan`` of ``platform.push_plan``; amounts are yuan as text."""
    unit = public_body_of(session, planned.unit)
    return {
        "name": planned.name,
        "amount": str(planned.amount),
        "division": planned.division,
        "method": planned.method,
        "organisation_form": planned.organisation_form,
        "purchaser": {"code": unit.code, "name": unit.name, "uscc": unit.uscc},
        "items": [
            {
                "category_code": item.category_code,
                "name": item.name,
                "quantity": f"{item.quantity.normalize():f}",
                "unit": item.unit,
                "unit_price": str(item.unit_price),
                "amount": str(item.amount),
            }
            for item in items_of(session, planned.plan)
        ],
    }
