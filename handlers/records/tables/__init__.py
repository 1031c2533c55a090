"""All record tables; importing this package declares them on the shared ``MetaData``."""

from handlers.records.tables.award_changes import award_change
from handlers.records.tables.contracts import contract, contract_lot
from handlers.records.tables.draws import draw, draw_pick, draw_share
from handlers.records.tables.entrustments import entrustment
from handlers.records.tables.experts import expert, expert_application, expert_application_lot
from handlers.records.tables.intentions import intention, intention_link
from handlers.records.tables.notices import (
    notice,
    notice_attachment,
    notice_lot,
    notice_version,
)
from handlers.records.tables.organisations import (
    agency,
    public_body,
    supplier,
    supplier_account,
    trading_platform,
)
from handlers.records.tables.payments import payment
from handlers.records.tables.plans import plan, plan_item
from handlers.records.tables.projects import award, lot, project
from handlers.records.tables.recovery import recovery_try
from handlers.records.tables.reference import (
    central_catalogue,
    notice_period,
    number_rule,
    number_sequence,
    purchase_category,
    review_flag,
    threshold,
)
from handlers.records.tables.treasury import treasury_receipt

__all__ = [
    "agency",
    "award",
    "award_change",
    "central_catalogue",
    "contract",
    "contract_lot",
    "draw",
    "draw_pick",
    "draw_share",
    "entrustment",
    "expert",
    "expert_application",
    "expert_application_lot",
    "intention",
    "intention_link",
    "lot",
    "notice",
    "notice_attachment",
    "notice_lot",
    "notice_period",
    "notice_version",
    "number_rule",
    "number_sequence",
    "payment",
    "plan",
    "plan_item",
    "project",
    "public_body",
    "purchase_category",
    "recovery_try",
    "review_flag",
    "supplier",
    "supplier_account",
    "threshold",
    "trading_platform",
    "treasury_receipt",
]
