"""Headers that keep the browser from doing what we did not write, and the CSRF check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, request
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # ships no types

if TYPE_CHECKING:
    from flask import Flask, Response

#: No inline script or style, nothing from elsewhere (docs/adr).
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
#: Endpoints for programs, which prove themselves by a signature over the unread body.
SIGNED: Final = frozenset({"partners.receive"})
#: Guards every change that a browser sends; signed endpoints are exempt.
csrf = CSRFProtect()
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def init_app(app: Flask) -> None:
    """Guard every response with headers and every change with a token."""
    # The token lives as long as the log-in: a form may be filled in over a whole day.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(_refuse_null_characters)
    csrf.init_app(app)
    app.after_request(_harden)


def _refuse_null_characters() -> None:
    """Refuse what no person can type and no database can keep (400)."""
    if request.endpoint in SIGNED:
        return
    values = [*request.args.values(), *request.form.values()]
    if any("\x00" in value for value in (*values, *request.form, request.path)):
        abort(400)


def _harden(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # Pages show what one person may see: neither proxies nor the next user may keep them.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
