"""Check a correction: does the deadline leave the time that the law gives?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from engine.errors import field_error
from engine.handler import record_handler
from handlers.correction.answers import read_correction
from handlers.correction.open_draft import correctable_call
from handlers.notice.calls import not_this_call, shown_moment
from handlers.records.periods import NoticePeriod

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.correction.answers import CorrectionAnswers
    from handlers.records.notices import PublishedNotice


@record_handler("correction.check")
def check(
    context: RecordContext, *, least_period: Mapping[str, Any], call_version: int
) -> dict[str, Any]:
    """Write ``correction``, what is shown before the publication.

    Args:
        context: the matter and the open transaction.
        least_period: the answer of the decision ``correction_period``: days, unit, source.
        call_version: the version that was shown to the drafter.

    Raises:
        ValidationFailedError: the deadline is too early, or the call was corrected meanwhile.
    """
    call = current_call(context, call_version)
    answers = read_correction(context.matter)
    _require_time(context.matter.now, call, answers, least_period)
    return {
        "correction": {
            "title": answers.title,
            "changes": [
                {"what": what, "before": before, "after": after}
                for what, before, after in answers.changes
            ],
            "deadline": shown_moment(answers.deadline or call.deadline),
            "version": call.version + 1,
        }
    }


def current_call(context: RecordContext, shown: int) -> PublishedNotice:
    """Return the call, which nobody has corrected since it was shown.

    Raises:
        ValidationFailedError: it cannot be corrected any more, or there is a newer version.
    """
    call = correctable_call(context)
    if call.version != shown:
        raise corrected_meanwhile(call.version)
    return call


def corrected_meanwhile(version: int) -> ValidationFailedError:
    """Return the refusal of a correction that somebody else was faster with."""
    return not_this_call(
        f"该公告已由其他人更正为第 {version} 版，请重新发起更正。",
        f"Somebody else corrected it, version {version} is in force; begin again.",
    )


def _require_time(
    now: datetime,
    call: PublishedNotice,
    answers: CorrectionAnswers,
    least_period: Mapping[str, Any],
) -> None:
    deadline = answers.deadline or call.deadline
    if deadline is None:
        return
    _require_later(now, deadline, call)
    period = NoticePeriod(
        period=0,
        period_unit=least_period["unit"],
        offer_period=int(least_period["days"]) if answers.affects_offers else 0,
        offer_unit=least_period["unit"],
        source=least_period["source"],
    )
    earliest = period.earliest_deadline(now)
    if earliest is not None and deadline.astimezone(OFFICE_ZONE).date() < earliest:
        raise field_error(
            "deadline",
            "ERR_DATE",
            f"更正内容可能影响响应文件编制的，截止时间须顺延至 {earliest.isoformat()} 或以后"
            f"（不少于 {period.offer_period} 个{period.offer_unit}，{period.source}）。",
            f"What may affect the offers needs time: not before {earliest.isoformat()}"
            f" ({period.offer_period} {period.offer_unit}, {period.source}).",
        )


def _require_later(now: datetime, deadline: datetime, call: PublishedNotice) -> None:
    if deadline <= now:
        raise field_error(
            "deadline", "ERR_DATE", "截止时间已过，请填写以后的时间。", "The deadline has passed."
        )
    if call.deadline is not None and deadline < call.deadline:
        # Who offers counts on the time that was published (87号令 art. 27 knows 顺延 alone).
        raise field_error(
            "deadline",
            "ERR_DATE",
            f"截止时间只能顺延，不能早于现在的 {shown_moment(call.deadline)}。",
            f"A deadline can only be put off, not before {shown_moment(call.deadline)}.",
        )
