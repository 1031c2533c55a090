"""Offer the agencies of the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.records.organisations import agencies as read

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("reference.agencies")
def agencies(context: RecordContext) -> list[Option]:
    """Return those that are active, by code."""
    return [
        Option(value=item.code, label=item.name, hint=item.uscc)
        for item in read(context.session, context.matter.division)
    ]
