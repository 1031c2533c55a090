"""Check an intention before it goes to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import field_error
from engine.handler import record_handler
from handlers.intention.answers import INTENTION_FORM, corrected_code, read_intention
from handlers.intention.published import correctable_intention, latest_notice
from handlers.records.files import attached

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.intention.answers import IntentionAnswers


@record_handler("intention.check")
def check(context: RecordContext) -> None:
    """Refuse a past month and a correction that corrects nothing.

    Raises:
        ValidationFailedError: at the field that is wrong.
    """
    answers = read_intention(context.matter)
    if answers.expected_month < context.matter.today.strftime("%Y-%m"):
        raise field_error(
            "expected_month",
            "ERR_DATE",
            "预计采购时间不能早于本月，请修改。",
            "The expected month lies in the past; correct it.",
        )
    code = corrected_code(context.matter)
    if code:
        correctable_intention(context, code)
        _require_change(context, code, answers)


def _require_change(context: RecordContext, code: str, answers: IntentionAnswers) -> None:
    facts = latest_notice(context, code).facts
    now = (
        answers.title,
        answers.overview,
        str(answers.budget),
        answers.expected_month,
        answers.sme_only,
        answers.remark,
    )
    before = tuple(
        facts.get(name, "否")
        for name in ("title", "overview", "budget", "expected_month", "sme_only", "remark")
    )
    files = attached(context.session, int(context.matter.instance_key), INTENTION_FORM)
    if now == before and not files:
        raise field_error(
            "project_name",
            "ERR_NO_CHANGE",
            "内容与已公开的相同，没有需要更正的地方；请修改后再提交。",
            "Nothing differs from what is published; change something before you submit.",
        )
