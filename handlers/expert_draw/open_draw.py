"""Open a draw before anything is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.handler import record_handler
from handlers.records.draws import chain, make_void, open_draw
from handlers.records.experts import KIND

if TYPE_CHECKING:
    from engine.handler import RecordContext

_NOT_REVEALED: Final = "采购单位未在期限内揭示随机数"


@record_handler("expert_draw.open_draw")
def open_first(context: RecordContext) -> dict[str, str]:
    """Draw the server's secret and publish its commitment; writes ``server_commitment``."""
    matter = context.matter
    item = open_draw(context.session, KIND, int(matter.instance_key), matter.now)
    return {"server_commitment": item.server_commitment}


@record_handler("expert_draw.start_over")
def start_over(context: RecordContext) -> dict[str, str]:
    """End a draw to which a party has not revealed its secret, and open one that follows it.

    Nothing is drawn: going on without the missing secret would let the others choose the result.
    Writes ``server_commitment``.
    """
    matter, session = context.matter, context.session
    subject = int(matter.instance_key)
    before = chain(session, KIND, subject)[-1]
    make_void(session, before, matter.now)
    item = open_draw(session, KIND, subject, matter.now, replaces=before, reason=_NOT_REVEALED)
    return {"server_commitment": item.server_commitment}
