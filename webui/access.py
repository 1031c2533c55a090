"""Who is asking: the session cookie, the participant behind it, and the way to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from flask import current_app, g, redirect, request, url_for

from engine.model.participants import SYSTEM, Actor, Participant
from engine.queries import BoxCounts, PersonalChoices, SessionQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask, Response
    from werkzeug.wrappers import Response as BaseResponse

    from engine.commands.services import Command, Query
    from engine.model.preferences import Preferences
    from engine.queries import SavedFilterView
    from engine.queries.views import BoxTallies
    from engine.runtime import Engine

Result = TypeVar("Result")

#: Name of the cookie that holds the token of the server-side session.
COOKIE: Final = "procureflow_session"
#: Key of the engine among the application's extensions.
ENGINE: Final = "procureflow"
#: Endpoints that need no log-in.
_PUBLIC: Final = frozenset(
    {
        *("auth.login", "auth.show_login", "assets.bundle", "assets.seal", "preferences.choose"),
        *("open_procedures.show", "open_procedures.begin"),
        *("outside_answers.show", "outside_answers.answer"),
        "partners.receive",
    }
)
#: Blueprint whose pages are the same for everybody; who has logged in is not even looked up.
PUBLIC_SITE: Final = "gazette"
#: All that somebody reaches whose password must be changed first.
_CHANGING: Final = _PUBLIC | {"passwords.show", "passwords.change", "auth.logout"}


def init_app(app: Flask) -> None:
    """Ask for a log-in before every page that needs one."""
    app.before_request(_require_participant)
    app.context_processor(
        lambda: {
            "participant": _at_work(),
            "current_login": _current_login,
            "box_counts": box_counts,
            "choices": choices,
        }
    )


def engine() -> Engine:
    """Return the engine that this application serves."""
    found: Engine = current_app.extensions[ENGINE]
    return found


def current_participant() -> Participant | None:
    """Return who is logged in, ``None`` before log-in."""
    found: Participant | None = g.get("participant")
    return found


def _at_work() -> Participant | None:
    """Return who has a menu and lists; nobody has whose password must be changed first."""
    person = current_participant()
    return None if person is None or person.must_change_password else person


def _current_login() -> str:
    person = current_participant()
    return person.login if person is not None else ""


def actor() -> Actor:
    """Return the acting person with the address of the request, for the audit trail."""
    person = current_participant()
    login = person.login if person is not None else SYSTEM.login
    return Actor(login=login, address=request.remote_addr or "")


def execute(command: Command[Result]) -> Result:
    """Execute ``command`` as the person who is logged in."""
    return engine().execute(command, actor())


def ask(query: Query[Result]) -> Result:
    """Answer ``query`` for the person who is logged in."""
    return engine().ask(query, actor())


def box_counts() -> BoxTallies:
    """Return the numbers of the menu, asked at most once in a request."""
    if "box_counts" not in g:
        g.box_counts = ask(BoxCounts())
    counts: BoxTallies = g.box_counts
    return counts


def choices() -> tuple[Preferences, Sequence[SavedFilterView]]:
    """Return what the person has chosen and saved, asked at most once in a request."""
    if "choices" not in g:
        g.choices = ask(PersonalChoices())
    found: tuple[Preferences, Sequence[SavedFilterView]] = g.choices
    return found


def remember(response: Response, token: str) -> Response:
    """Put the session token into the browser's cookie; it ends with the browser."""
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def forget(response: BaseResponse) -> BaseResponse:
    """Remove the session token from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _require_participant() -> BaseResponse | tuple[str, int] | None:
    if request.blueprint == PUBLIC_SITE:
        return None
    token = request.cookies.get(COOKIE, "")
    if token and request.endpoint not in ("assets.bundle", "assets.seal"):
        g.participant = engine().ask(SessionQuery(token=token), SYSTEM)
    person = current_participant()
    if person is not None and person.must_change_password and request.endpoint not in _CHANGING:
        return redirect(url_for("passwords.show"), code=303)
    if person is not None or request.endpoint in _PUBLIC:
        return None
    from webui import auth

    return auth.ask_to_log_in()
