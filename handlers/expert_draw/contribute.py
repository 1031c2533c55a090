"""The regulator's part: who draws, and what may be added to the seed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from engine.errors import field_error
from engine.handler import record_handler
from handlers.expert_draw.answers import DRAW_FORM, answers_of, read_application, text
from handlers.expert_draw.eligible import judge_pool
from handlers.expert_draw.parties import drawer
from handlers.records.draws import chain, give
from handlers.records.experts import KIND, application_of

if TYPE_CHECKING:
    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.records.draws import Draw

#: How long the purchaser has to reveal its secret.
REVEAL_WITHIN: Final = timedelta(hours=24)


@record_handler("expert_draw.contribute")
def contribute(context: RecordContext) -> dict[str, str]:
    """Keep the drawer's own random text, if any; writes ``drawer`` and ``reveal_until``.

    Raises:
        ValidationFailedError: drawn before (``ERR_ALREADY_DRAWN``), the pool has changed since
            the list was frozen (``ERR_LIST_CHANGED``), or the review time has come (``ERR_DATE``).
    """
    matter, session = context.matter, context.session
    item = chain(session, KIND, int(matter.instance_key))[-1]
    if item.drawn_at is not None:
        raise already_drawn()
    application = application_of(session, int(matter.instance_key))
    if application is None or application.review_at <= matter.now:
        raise field_error(
            "",
            "ERR_DATE",
            "评审时间已过，请退回经办修改评审时间后重新提交。",
            "The review time is over; return the application so that it can be changed.",
        )
    _require_unchanged(context, item)
    secret = text(answers_of(matter, DRAW_FORM), "drawer_secret")
    if secret:
        give(session, item, drawer(matter.actor), secret, matter.now)
    until = min(matter.now + REVEAL_WITHIN, application.review_at)
    return {"drawer": matter.actor, "reveal_until": until.isoformat()}


def _require_unchanged(context: RecordContext, item: Draw) -> None:
    """Refuse to draw from a list that is no longer the pool's: nobody may thin it out unseen."""
    frozen = item.frozen_list
    answers = read_application(context.matter)
    now = judge_pool(context, answers, [need.group for need in frozen.needs])
    if any(tuple(now.groups.get(name, ())) != tuple(ids) for name, ids in frozen.groups.items()):
        raise field_error(
            "",
            "ERR_LIST_CHANGED",
            "名单冻结之后专家库有变动，不能按旧名单抽取，请退回经办重新提交。",
            "The pool has changed since the list was frozen; return the application.",
        )


def already_drawn() -> ValidationFailedError:
    """Return the refusal of a second draw."""
    return field_error(
        "",
        "ERR_ALREADY_DRAWN",
        "本次申请已经抽取过，结果不变；需要更换专家时请办理重新抽取。",
        "The experts have been drawn and stay drawn; use the re-draw to replace somebody.",
    )
