"""Compute the facts that the decision tables ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import field_error
from engine.handler import record_handler
from handlers.plan.answers import OPEN_TENDER, read_answers
from handlers.records.regulated import is_in_catalogue, regulation_of

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("plan.derive_facts")
def derive_facts(context: RecordContext) -> dict[str, Any]:
    """Write the inputs of R01, R02 and R04; thresholds are those of the unit's division today.

    Raises:
        ValidationFailedError: the expected month is past (``ERR_DATE``).
        ConfigurationError: no threshold is in force for the division.
    """
    matter, session = context.matter, context.session
    answers = read_answers(matter)
    if answers.expected_month < matter.today.strftime("%Y-%m"):
        raise field_error(
            "expected_month",
            "ERR_DATE",
            "预计采购时间不能早于本月，请修改。",
            "The expected month lies in the past; correct it.",
        )
    regulation = regulation_of(session, matter.unit, matter.division, matter.today)
    threshold = regulation.threshold
    above_open_tender = answers.amount >= threshold.open_tender(works=answers.is_works)
    codes = [item.category_code for item in answers.items]
    return {
        "purchaser_division_code": matter.division,
        "intention_link_switch": answers.linked,
        "channel": answers.channel,
        "in_catalogue": is_in_catalogue(session, matter.division, codes, matter.today),
        "amount_ge_limit": answers.amount >= threshold.limit(works=answers.is_works),
        "import_product": answers.import_product,
        "nonstandard_method": above_open_tender and answers.method != OPEN_TENDER,
        "unit_flagged": regulation.flagged,
    }
