"""Log-in and log-out; whatever was being sent when a session ended is kept for afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for

from engine.commands import LogIn, LogOut
from engine.model.participants import SYSTEM, Actor
from webui.access import COOKIE, current_participant, engine, execute, forget, remember
from webui.language import said

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("auth", __name__)
#: Marks the fields of an interrupted form inside the log-in form.
_KEPT: Final = "kept:"
#: Fields that belong to one request only.
_OWN_FIELDS: Final = frozenset({"csrf_token", "_outcome", "_action"})


@blueprint.get("/login")
def show_login() -> BaseResponse | str:
    """Show the log-in page; a person who is logged in goes to the list."""
    if current_participant() is not None:
        return redirect(url_for("worklist.index"))
    return render_template("auth/login.html", next=local_address(request.args.get("next", "")))


@blueprint.post("/login")
def login() -> BaseResponse | tuple[str, int]:
    """Check name and password; 401 with a reason that does not tell which was wrong."""
    name = request.form.get("login", "").strip()
    target = local_address(request.form.get("next", ""))
    command = LogIn(
        login=name,
        password=request.form.get("password", ""),
        user_agent=request.user_agent.string[:200],
    )
    asker = Actor(login=SYSTEM.login, address=request.remote_addr or "")
    opened = engine().execute(command, asker)
    if opened.refusal is not None:
        page = render_template(
            "auth/login.html",
            next=target,
            login=name,
            refusal=said(opened.refusal),
            kept=_kept_again(),
        )
        return page, 401
    # A fresh page session: nothing of what an anonymous reader was given lives on.
    session.clear()
    return remember(_after_log_in(target), opened.token)


@blueprint.post("/logout")
def logout() -> BaseResponse:
    """End the session on the server and in the browser."""
    execute(LogOut(token=request.cookies.get(COOKIE, "")))
    session.clear()
    return forget(redirect(url_for("auth.show_login"), code=303))


def ask_to_log_in() -> BaseResponse | tuple[str, int]:
    """Answer a request that needs a log-in: 303 for reading, 401 with the input kept for POST."""
    if request.method in ("GET", "HEAD"):
        address = request.full_path.rstrip("?")
        target = "" if address == "/" else address
        return redirect(url_for("auth.show_login", next=target or None), code=303)
    if request.endpoint != "tasks.act":
        return redirect(url_for("auth.show_login"), code=303)
    kept = [
        (f"{_KEPT}{field}", value)
        for field, value in request.form.items(multi=True)
        if field not in _OWN_FIELDS
    ]
    return render_template("auth/login.html", next=request.path, kept=kept, ended=True), 401


def local_address(address: str) -> str:
    """Return ``address`` if it leads to this site, else ``""`` (no open redirects)."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_path and not any(ord(sign) < 32 for sign in address) else ""


def _kept_again() -> list[tuple[str, str]]:
    """Return the fields of an interrupted form that came with the log-in form."""
    return [pair for pair in request.form.items(multi=True) if pair[0].startswith(_KEPT)]


def _after_log_in(target: str) -> Response:
    kept = [(field.removeprefix(_KEPT), value) for field, value in _kept_again()]
    if kept and target:
        return make_response(
            render_template("auth/resume.html", target=target, kept=kept, fresh=True)
        )
    return make_response(redirect(target or url_for("worklist.index"), code=303))
