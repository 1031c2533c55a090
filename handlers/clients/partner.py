"""Tell an outside system something: signed, under an id that makes a repetition harmless."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from engine.handler import Receipt, RejectedError, UnreachableError
from engine.model.jsontext import encode_json
from engine.partners import Unconfigured
from engine.signing import sign
from handlers.clients.transport import Answer, post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Job
    from engine.partners import Partner


#: The partner understood and refuses: the same message will never be taken.
_REFUSED: Final = frozenset({400, 405, 406, 409, 410, 411, 413, 415, 422})
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST_WORDS: Final = 300


@dataclass(frozen=True, kw_only=True)
class Message:
    """What an outside system is told.

    Attributes:
        type: e.g. ``plan.filed``.
        subject: the business number it is about.
        data: content; money as text.
        shown: what may be kept and shown of it, by default everything.
    """

    type: str
    subject: str
    data: Mapping[str, Any]
    shown: Mapping[str, Any] | None = None


def deliver(job: Job, kind: str, message: Message, *, place: str = "") -> Receipt:
    """Send ``message`` to the partner of ``kind`` for ``place`` and return its receipt.

    The message's id is the job's idempotency key: a partner that has it answers as before. An
    installation without such a partner keeps the message in its development outbox.

    Raises:
        UnreachableError: no usable answer; to be tried again.
        RejectedError: refused for good.
    """
    partner = job.partner(kind, place)
    if not partner.address or partner.sending_key is None:
        return _kept(partner, message)
    body = _envelope(job.idempotency_key, message)
    url = f"{partner.address}/messages"
    headers = sign(
        partner.sending_key,
        "POST",
        urlsplit(url).path,
        body,
        created=job.signed_at,
        nonce=secrets.token_urlsafe(24),
    )
    answer = post(url, body, {"Content-Type": "application/cloudevents+json", **headers})
    return Receipt(
        partner=partner.name,
        type=message.type,
        subject=message.subject,
        body=message.data if message.shown is None else message.shown,
        answer=_understood(answer),
    )


def _envelope(message_id: str, message: Message) -> bytes:
    """Return the CloudEvents envelope: the same bytes for every try, so without a time."""
    return encode_json(
        {
            "specversion": "1.0",
            "id": message_id,
            "source": "procureflow",
            "type": message.type,
            "subject": message.subject,
            "datacontenttype": "application/json",
            "data": message.data,
        }
    ).encode()


def _kept(partner: Partner, message: Message) -> Receipt:
    if partner.unconfigured is Unconfigured.REFUSED:
        variable = f"PROCUREFLOW_PARTNER_{partner.name.upper().replace('-', '__')}_ADDRESS"
        raise RejectedError("外部系统没有配置", f"set {variable}, then send again")
    return Receipt(
        partner=partner.name,
        type=message.type,
        subject=message.subject,
        body=message.data,
        answer={"status": "development"},
        delivered=False,
    )


def _understood(answer: Answer) -> Mapping[str, Any]:
    """Return the partner's acknowledgement.

    Raises:
        UnreachableError: something else than our partner seems to have answered, or it is broken.
        RejectedError: it refuses the message.
    """
    said = _object(answer.body)
    if 200 <= answer.status < 300 and said is not None:
        return said
    words = f"HTTP {answer.status} {_words(answer, said)}".strip()
    if answer.status in _REFUSED:
        raise RejectedError("对方拒收", f"refused: {words}")
    raise UnreachableError(
        "对方没有正常应答", f"no proper answer: {words}", retry_after=_retry_after(answer)
    )


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body.decode("utf-8"), parse_float=str)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _words(answer: Answer, said: Mapping[str, Any] | None) -> str:
    """Return what the partner says of the matter, fit for a log."""
    text = str((said or {}).get("message", "")) or answer.body.decode("utf-8", "replace")
    return _CONTROL.sub(" ", text)[:_LONGEST_WORDS].strip()


def _retry_after(answer: Answer) -> int:
    value = answer.headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
