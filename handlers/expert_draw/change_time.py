"""Another review time, as long as the old one has not come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.errors import WrongStateError, field_error
from engine.handler import record_handler
from handlers.expert_draw.answers import TIME_FORM, answers_of, moment, shown
from handlers.records.experts import application_of, move_review

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.experts import Application


_FIELD: Final = "new_review_at"


@record_handler("expert_draw.change_time")
def change_time(context: RecordContext) -> dict[str, str]:
    """Move the review time, and with it the end of the secret.

    Writes ``review_at`` and ``review_time``, the same for readers.

    Raises:
        ValidationFailedError: the new time is past (``ERR_DATE``).
        WrongStateError: the old one has come (catalogue P-2).
    """
    matter, session = context.matter, context.session
    require_before_review(context)
    review_at = moment(answers_of(matter, TIME_FORM), _FIELD)
    if review_at <= matter.now:
        raise field_error(
            _FIELD,
            "ERR_DATE",
            "评审时间必须晚于现在，请修改。",
            "The review time must lie in the future; correct it.",
        )
    move_review(session, int(matter.instance_key), review_at)
    return {"review_at": review_at.isoformat(), "review_time": shown(review_at)}


def require_before_review(context: RecordContext) -> Application:
    """Return the application; refuse when its review time has come.

    Raises:
        WrongStateError: too late.
    """
    application = application_of(context.session, int(context.matter.instance_key))
    if application is None or application.review_at <= context.matter.now:
        raise WrongStateError(
            "评审时间已到，专家名单已公布或正在推送，不能再调整。",
            "The review time has come; the experts are named and nothing can be changed.",
        )
    return application
