"""Draw, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from handlers.draws.protocol import run
from handlers.expert_draw.contribute import already_drawn
from handlers.records.draws import chain, contributions, open_draw, store_result
from handlers.records.experts import KIND

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.draws import Draw


@record_handler("expert_draw.run")
def run_draw(context: RecordContext, *, drawer: str) -> dict[str, str]:
    """Draw from the frozen list and store the result; writes ``server_commitment``, no names.

    The server's share of a draw that may have to follow is opened at once, so that its
    commitment is known before anybody knows why somebody is replaced.

    Raises:
        ValidationFailedError: drawn before (``ERR_ALREADY_DRAWN``); the result stays.
    """
    subject = int(context.matter.instance_key)
    item = chain(context.session, KIND, subject)[-1]
    make(context, item, drawer)
    following = open_draw(context.session, KIND, subject, context.matter.now)
    return {"server_commitment": following.server_commitment}


def make(context: RecordContext, item: Draw, drawer: str) -> None:
    """Draw from the frozen list of ``item`` and store the result.

    Raises:
        ValidationFailedError: drawn before.
    """
    session, now = context.session, context.matter.now
    if item.drawn_at is not None or item.frozen is None:
        raise already_drawn()
    before = next(
        (one for one in chain(session, item.kind, item.subject) if one.key == item.replaces), None
    )
    replaces = None
    if before is not None:
        replaces = {
            "draw": before.number or "",
            "protocol_sha256": before.protocol_sha256 or "",
            "reason": item.reason,
        }
    shares = contributions(session, item, now)
    result = run(item.frozen_list, shares, drawn_at=now.isoformat(), replaces=replaces)
    if not store_result(session, item, result, drawer, now):
        raise already_drawn()
