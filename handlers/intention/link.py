"""Let the plan hold the chosen intention, or say why it cannot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from engine.errors import field_error
from engine.handler import record_handler
from handlers.plan.answers import read_answers
from handlers.records.intentions import link as hold

if TYPE_CHECKING:
    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext

_TAKEN: Final = "ALREADY_LINKED"
#: What a person reads for each reason code of R03; ``{days}`` = days since publication.
_REASONS: Final = {
    "NOT_OWN_UNIT": (
        "该采购意向不是本单位发布的，请重新选择。",
        "The intention was published by another unit; choose one of your own.",
    ),
    _TAKEN: (
        "该采购意向已被其他采购计划关联，请重新选择。",
        "Another plan already holds this intention; choose another.",
    ),
    "TOO_EARLY": (
        "该采购意向发布仅 {days} 天，未到可选时间，请改选或到期后再提交。",
        "The intention was published only {days} days ago; choose another or wait.",
    ),
    "EXPIRED": (
        "该采购意向发布已 {days} 天，超过可选期限，请改选，或选择不关联并说明原因。",
        "The intention was published {days} days ago, which is too long; choose another one or"
        " file the plan without an intention and say why.",
    ),
}


@record_handler("intention.link")
def link(
    context: RecordContext,
    *,
    selectable: bool,
    reason_code: str,
    days_since_publication: int,
    intention_reference_date: str,
) -> None:
    """Hold the intention; ``selectable`` and ``reason_code`` are the answer of R03.

    Raises:
        ValidationFailedError: R03 refuses it, or another plan took it at the same moment; the
            reason code is shown at the field.
    """
    if not selectable:
        raise _refusal(reason_code, days_since_publication)
    matter, session = context.matter, context.session
    code, plan_key = read_answers(matter).intention, int(matter.instance_key)
    reference = date.fromisoformat(intention_reference_date)
    if not hold(session, code, plan_key, reference, matter.now):
        raise _refusal(_TAKEN, days_since_publication)


def _refusal(reason_code: str, days: int) -> ValidationFailedError:
    zh, en = _REASONS.get(
        reason_code,
        ("该采购意向不能选择，请重新选择。", "This intention cannot be chosen; choose another."),
    )
    return field_error("intention_id", reason_code, zh.format(days=days), en.format(days=days))
