"""The parties of a draw and what they have committed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.errors import field_error
from handlers.records.draws import commitments, make_void, open_draw
from handlers.records.experts import KIND

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.expert_draw.answers import ApplicationAnswers
    from handlers.records.draws import Draw

_HEX: Final = re.compile(r"[0-9a-f]{64}")
_CHANGED: Final = "退回修改后重新承诺随机数"


def applicant(login: str) -> str:
    """Return the party's name of the purchaser's handler."""
    return f"applicant:{login}"


def drawer(login: str) -> str:
    """Return the party's name of the regulator who draws."""
    return f"drawer:{login}"


def renew_if_changed(context: RecordContext, item: Draw, answers: ApplicationAnswers) -> Draw:
    """Return the open draw; a new one when the purchaser's commitment is not the earlier one.

    A party keeps its word within one draw: what was committed to cannot be exchanged, but a
    returned application may come back with another commitment for another draw.

    Raises:
        ValidationFailedError: no commitment, or the server's own one.
    """
    matter, session = context.matter, context.session
    if answers.commitment:
        _check(answers.commitment, item)
    known = commitments(session, item)
    wanted = {applicant(matter.initiator): answers.commitment} if answers.commitment else {}
    if not known or known == wanted:
        return item
    make_void(session, item, matter.now)
    return open_draw(session, KIND, item.subject, matter.now, replaces=item, reason=_CHANGED)


def _check(commitment: str, item: Draw) -> None:
    if not _HEX.fullmatch(commitment):
        raise field_error(
            "commitment",
            "ERR_COMMITMENT",
            "承诺值应为 64 位十六进制数（随机数的 SHA-256），请核对。",
            "The commitment is 64 hexadecimal digits, the SHA-256 of your secret.",
        )
    if commitment == item.server_commitment:
        raise field_error(
            "commitment",
            "ERR_COMMITMENT",
            "承诺值不能与系统的相同，请用自己的随机数。",
            "This is the server's commitment; use a secret of your own.",
        )
