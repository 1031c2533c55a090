"""A signed message of an outside system: checked, kept once, handed to who takes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.commands.message_body import MESSAGE_BYTES, read_message
from engine.commands.taking import Taken, take
from engine.errors import (
    BadSignatureError,
    MessageIdReusedError,
    MessageTooLargeError,
    ReplayedError,
)
from engine.model.keys import new_key
from engine.model.messages import ReceivedMessage
from engine.model.states import ReceivedState
from engine.partners import NAME
from engine.signing import WINDOW, SignatureError, verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.exchange import InboundMessage


@dataclass(frozen=True)
class Answered:
    """What the sender is told.

    Attributes:
        status: HTTP status: 200 accepted, 202 held for an administrator, 422 rejected.
        body: JSON object; the same for every repetition of a message.
    """

    status: int
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ReceiveMessage:
    """Take a message; the inbox row and all that follows from it are one transaction.

    Attributes:
        partner: name of the sender, from the address it used.
        path: of the request, as it was signed.
        headers: in lower case.
        body: as received, ``None`` = larger than ``MESSAGE_BYTES``.

    Raises:
        BadSignatureError: unknown sender, wrong or stale signature, other body.
        ReplayedError: the same signed request came before.
        MessageTooLargeError: too large.
        MalformedMessageError: it cannot be read.
        MessageIdReusedError: the id was used for another content.
    """

    partner: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None

    def execute(self, services: Services) -> Answered:
        """Check, keep, hand over."""
        if self.body is None:
            raise MessageTooLargeError(MESSAGE_BYTES)
        self._check_sender(self.body, services)
        message = read_message(self.partner, self.body)
        digest = _digest(message)
        row = _row(message, digest, services)
        if not services.store.exchange.claim_id(row):
            return _again(message, digest, services)
        return _answered(row, take(message, services), services)

    def _check_sender(self, body: bytes, services: Services) -> None:
        if not NAME.fullmatch(self.partner):
            raise BadSignatureError("unknown partner")
        kind, _, place = self.partner.partition("-")
        if kind not in services.registry.partner_kinds():
            raise BadSignatureError("unknown partner")
        known = services.settings.partner(kind, place)
        keys = known.receiving_keys if known.name == self.partner else ()
        now = services.machine_time
        try:
            signed = verify(keys, "POST", self.path, self.headers, body, now=now)
        except SignatureError as error:
            raise BadSignatureError(error.reason) from None
        # Kept beyond the window on both sides, so that no clock makes a nonce fresh again.
        expires_at = signed.created + 2 * WINDOW
        if not services.store.exchange.see_nonce(self.partner, signed.nonce, expires_at, now):
            raise ReplayedError


def _digest(message: InboundMessage) -> str:
    """Return the SHA-256 of what a message says, however its sender has written it down."""
    said = [message.type, message.subject, message.data]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _row(message: InboundMessage, digest: str, services: Services) -> ReceivedMessage:
    return ReceivedMessage(
        key=new_key(),
        partner=message.partner,
        message_id=message.id,
        type=message.type,
        subject=message.subject,
        data=message.data,
        digest=digest,
        state=ReceivedState.HELD,
        status=0,
        answer={},
        address=services.actor.address,
        received_at=services.now,
    )


def _again(message: InboundMessage, digest: str, services: Services) -> Answered:
    """Give a repeated message the answer of the first one; nothing else happens."""
    first = services.store.exchange.received(message.partner, message.id)
    if first is None or first.digest != digest:
        raise MessageIdReusedError(message.id)
    services.note(
        "message_repeated", root_key=first.root_key, detail=_facts(first, str(first.state))
    )
    return Answered(first.status, first.answer)


def _answered(row: ReceivedMessage, taken: Taken, services: Services) -> Answered:
    answer = {"id": row.message_id, "received_at": row.received_at.isoformat(), **taken.answer}
    services.store.exchange.settle_received(
        row.key,
        None,
        state=taken.state,
        status=taken.status,
        answer=answer,
        reason=taken.reason,
        root_key=taken.root_key,
    )
    final = replace(row, root_key=taken.root_key)
    services.note(
        f"message_{taken.word}",
        root_key=taken.root_key,
        detail={**_facts(final, str(taken.state)), "reason": taken.reason[:500]},
    )
    return Answered(taken.status, answer)


def _facts(row: ReceivedMessage, state: str) -> dict[str, str]:
    return {
        "partner": row.partner,
        "message_id": row.message_id,
        "type": row.type,
        "subject": row.subject,
        "state": state,
    }
