"""Draw others in place of those who cannot come: a new draw, linked to the one before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from engine.errors import field_error
from engine.handler import record_handler
from handlers.draws.sampling import Need
from handlers.expert_draw.answers import REDRAW_FORM, answers_of, read_application, text
from handlers.expert_draw.change_time import require_before_review
from handlers.expert_draw.eligible import judge_pool
from handlers.expert_draw.panel import ON_PANEL, REPLACED, drawn_of, panel_of
from handlers.expert_draw.parties import drawer
from handlers.expert_draw.run import make
from handlers.records.draws import chain, follow, freeze, give, open_draw, picks
from handlers.records.experts import KIND, experts_of
from handlers.records.numbers import next_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.draws.protocol import FrozenList
    from handlers.records.draws import Draw, Pick

_REPLACED_FIELD: Final = "replaced"


@record_handler("expert_draw.redraw")
def redraw(context: RecordContext) -> dict[str, Any]:
    """Draw one expert of the same field for each that is replaced.

    Whoever was drawn for this matter before is not drawn again. Writes ``draw_number`` and
    ``server_commitment``, no names.

    Raises:
        ValidationFailedError: nobody is named, the reason names somebody (``ERR_SECRET``), or too
            few are left (``ERR_POOL_SHORT``).
        WrongStateError: the review time has come.
    """
    matter, session = context.matter, context.session
    require_before_review(context)
    subject = int(matter.instance_key)
    answers = answers_of(matter, REDRAW_FORM)
    gone = _replaced(panel_of(session, subject), answers.get(_REPLACED_FIELD) or ())
    reason = _reason(context, text(answers, "reason"))
    item = chain(session, KIND, subject)[-1]
    frozen = _frozen(context, item, gone)
    follow(session, item, drawn_of(session, subject)[-1], reason)
    freeze(session, item, frozen, matter.now)
    secret = text(answers, "drawer_secret")
    if secret:
        give(session, item, drawer(matter.actor), secret, matter.now)
    make(context, chain(session, KIND, subject)[-1], matter.actor)
    following = open_draw(session, KIND, subject, matter.now)
    return {"draw_number": frozen.draw, "server_commitment": following.server_commitment}


def _replaced(panel: Sequence[Pick], places: Sequence[Any]) -> list[Pick]:
    chosen = {str(place) for place in places}
    gone = [one for place, one in enumerate(panel, start=1) if str(place) in chosen]
    if not gone:
        raise field_error(
            _REPLACED_FIELD,
            "ERR_REQUIRED",
            "请选择不能参加的专家。",
            "Choose who cannot come.",
        )
    return gone


def _reason(context: RecordContext, reason: str) -> str:
    """Refuse a reason that tells a name: it is read by people who may not know it yet."""
    session, subject = context.session, int(context.matter.instance_key)
    codes = [one.candidate for item in drawn_of(session, subject) for one in picks(session, item)]
    for code, one in experts_of(session, codes).items():
        if one.name in reason or code in reason:
            raise field_error(
                "reason",
                "ERR_SECRET",
                "评审时间之前专家姓名保密，请在原因中去掉姓名和编号。",
                "Names are secret until the review time; leave them out of the reason.",
            )
    return reason


def _frozen(context: RecordContext, item: Draw, gone: Sequence[Pick]) -> FrozenList:
    matter, session = context.matter, context.session
    drawn = drawn_of(session, item.subject)
    out = {one.candidate: ON_PANEL for made in drawn for one in picks(session, made)}
    out |= {one.candidate: REPLACED for one in gone}
    counts = Counter(one.group for one in gone)
    needs = [Need(group=group, count=count) for group, count in counts.items()]
    eligible = judge_pool(context, read_application(matter), list(counts), out)
    for need in needs:
        if len(eligible.groups.get(need.group, ())) < need.count:
            raise _short()
    number = next_number(session, "draw", matter.division, matter.today.year)
    return eligible.frozen(number, needs, matter.now.isoformat())


def _short() -> ValidationFailedError:
    return field_error(
        _REPLACED_FIELD,
        "ERR_POOL_SHORT",
        "专家库中没有足够的其他专家可以补抽，请减少更换人数。",
        "The pool has too few other experts; replace fewer.",
    )
