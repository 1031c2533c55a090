"""The trading centre divides a plan into lots."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def split(data: Mapping[str, Any], count: int) -> list[dict[str, str]]:
    """Return ``count`` lots of equal amounts; the first has what division leaves over."""
    total = Decimal(str(data["amount"]))
    share = (total / count).quantize(Decimal("0.01"))
    amounts = [total - share * (count - 1), *[share] * (count - 1)]
    return [
        {"number": f"{number:02d}", "name": f"{data['name']} 第{number}标段", "amount": str(amount)}
        for number, amount in enumerate(amounts, start=1)
    ]


def message(
    message_id: str, plan_number: str, project_number: str, lots: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return the message that tells the procurement system of the lots of a plan."""
    return {
        "specversion": "1.0",
        "id": message_id,
        "source": "trading-centre",
        "type": "lots.published",
        "subject": plan_number,
        "data": {
            "plan_number": plan_number,
            "project_number": project_number,
            "lots": list(lots),
        },
    }
