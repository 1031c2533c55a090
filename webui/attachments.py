"""Downloads: always as a file, never shown in the page's own origin."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, make_response

from engine.queries import AttachmentContent
from webui.access import ask

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("attachments", __name__)


@blueprint.get("/attachments/<key>")
def download(key: str) -> Response:
    """Send a file to a person entitled to its matter; 403 and 404 as the engine says."""
    stored = ask(AttachmentContent(attachment_key=key))
    response = make_response(stored.content)
    response.headers["Content-Type"] = stored.content_type
    response.headers["Content-Disposition"] = disposition(stored.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def disposition(name: str) -> str:
    """Return the header value for ``name``: RFC 6266 with the RFC 8187 form for Chinese.

    The plain ``filename`` is for software that knows no RFC 8187: ASCII, same ending.
    """
    stem, dot, ending = name.rpartition(".")
    plain_ending = ending if dot and ending.isascii() and ending.isalnum() else ""
    is_plain = name.isascii() and not set(name) & set('"\\%\r\n') and name.isprintable()
    plain = (
        name
        if is_plain and (stem or not dot)
        else "attachment" + (f".{plain_ending}" if plain_ending else "")
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
