"""All record tables; importing this package declares them on the shared ``MetaData``."""

from handlers.records.tables.intentions import intention, intention_link
from handlers.records.tables.plans import plan, plan_item
from handlers.records.tables.reference import (
    central_catalogue,
    number_rule,
    number_sequence,
    purchase_category,
    review_flag,
    threshold,
)

__all__ = [
    "central_catalogue",
    "intention",
    "intention_link",
    "number_rule",
    "number_sequence",
    "plan",
    "plan_item",
    "purchase_category",
    "review_flag",
    "threshold",
]
