"""The purchaser reveals what it has committed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import field_error
from engine.handler import record_handler
from handlers.expert_draw.answers import REVEAL_FORM, answers_of
from handlers.expert_draw.parties import applicant
from handlers.records.draws import chain, reveal
from handlers.records.experts import KIND

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("expert_draw.reveal")
def reveal_secret(context: RecordContext) -> None:
    """Keep the purchaser's secret.

    Raises:
        ValidationFailedError: it is not the one that was committed to (``ERR_COMMITMENT``).
    """
    matter, session = context.matter, context.session
    item = chain(session, KIND, int(matter.instance_key))[-1]
    secret = str(answers_of(matter, REVEAL_FORM).get("secret") or "")
    if not reveal(session, item, applicant(matter.initiator), secret, matter.now):
        raise field_error(
            "secret",
            "ERR_COMMITMENT",
            "与填报时的承诺值不符，请核对原文（空格、大小写也算）。",
            "This is not what you have committed to; spaces and capitals count.",
        )
