"""Offer the categories of the classification in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import Option, lookup
from handlers.records.regulated import categories as read_categories

if TYPE_CHECKING:
    from engine.handler import RecordContext


@lookup("reference.categories")
def categories(context: RecordContext) -> list[Option]:
    """Return all categories by code."""
    return [
        Option(value=code, label=f"{code} {name}")
        for code, name in read_categories(context.session).items()
    ]
