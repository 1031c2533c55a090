"""Offer the trading platforms of the division."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.records.organisations import platforms as read_platforms

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("reference.platforms")
def platforms(context: RecordContext) -> list[Option]:
    """Return the platforms that serve the matter's division today."""
    matter = context.matter
    return [
        Option(value=item.code, label=item.name)
        for item in read_platforms(context.session, matter.division, matter.today)
    ]
