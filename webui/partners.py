"""The door for outside systems: one signed message a request, answered in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from engine.commands import ReceiveMessage
from engine.commands.message_body import MESSAGE_BYTES
from engine.errors import (
    BadSignatureError,
    MalformedMessageError,
    MessageIdReusedError,
    MessageTooLargeError,
    ReplayedError,
    StaleRevisionError,
    WorkflowError,
)
from engine.model.participants import PARTNER_PREFIX, Actor
from engine.partners import NAME
from webui.access import engine
from webui.security import csrf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands import Answered

blueprint = Blueprint("partners", __name__, url_prefix="/api/partners")
csrf.exempt(blueprint)
STATUS: Final[dict[type[WorkflowError], int]] = {
    BadSignatureError: 401,
    ReplayedError: 409,
    MessageIdReusedError: 409,
    MalformedMessageError: 400,
    MessageTooLargeError: 413,
}
#: Headers that carry the signature (RFC 9421, RFC 9530).
_HEADERS: Final = ("content-digest", "signature-input", "signature")
#: Tries when a neighbour changed the matter at the same moment.
_TRIES: Final = 3


@blueprint.post("/<partner>/messages")
def receive(partner: str) -> Response:
    """Take a message: 200 accepted, 202 held for an administrator, 4xx refused."""
    name = partner if NAME.fullmatch(partner) else "unknown"
    command = ReceiveMessage(
        partner=name,
        path=request.path,
        headers={header: request.headers.get(header, "") for header in _HEADERS},
        body=_body(),
    )
    sender = Actor(login=f"{PARTNER_PREFIX}{name}", address=request.remote_addr or "")
    try:
        answered = _execute(command, sender)
    except StaleRevisionError as error:
        return _json(503, _refusal(error), retry_after="1")
    except WorkflowError as error:
        return _json(STATUS.get(type(error), 500), _refusal(error))
    return _json(answered.status, answered.body)


def _execute(command: ReceiveMessage, sender: Actor) -> Answered:
    for _ in range(_TRIES - 1):
        try:
            return engine().execute(command, sender)
        except StaleRevisionError:
            continue
    return engine().execute(command, sender)


def _body() -> bytes | None:
    request.max_content_length = MESSAGE_BYTES
    try:
        return request.get_data(cache=False, parse_form_data=False)
    except RequestEntityTooLarge:
        return None


def _refusal(error: WorkflowError) -> Mapping[str, Any]:
    return {
        "status": "refused",
        "code": error.code,
        "message": error.message_zh,
        "message_en": error.message_en,
    }


def _json(status: int, body: Mapping[str, Any], **headers: str) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Response(text, status, named, content_type="application/json; charset=utf-8")
