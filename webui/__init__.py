"""The task UI: makes the Flask application; translates HTTP to commands and queries, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Flask, url_for

from webui import (
    access,
    approval,
    assets,
    attachments,
    auth,
    bell,
    calendars,
    clocks,
    compiled,
    desk,
    diagrams,
    dossiers,
    errors,
    exchange,
    exhibits,
    formats,
    forms,
    gazette,
    handovers,
    instances,
    keys,
    language,
    open_procedures,
    outline,
    outside_answers,
    partners,
    parts,
    passwords,
    people,
    preferences,
    recusals,
    security,
    staff,
    start,
    substitutions,
    tasks,
    trail,
    units,
    verbs,
    votes,
    why,
    worklist,
)
from webui.worklist import origin

if TYPE_CHECKING:
    from engine.runtime import Engine
    from engine.settings import Settings

#: Largest request body in bytes: several attachments of the largest size at once.
MAX_REQUEST_BYTES: Final = 256 * 1024 * 1024
#: Largest sum of the text fields of one form, bytes; Werkzeug's default is too small for
#: dynamic lists with hundreds of rows.
MAX_FORM_BYTES: Final = 4 * 1024 * 1024
MAX_FORM_PARTS: Final = 20_000


#: What templates use everywhere.
PARTS: Final = (assets, trail, parts, votes)
#: Pages for people who have logged in, one blueprint each.
FEATURES: Final = (
    auth,
    worklist,
    start,
    tasks,
    instances,
    attachments,
    exhibits,
    dossiers,
    people,
    preferences,
    desk,
    approval,
    bell,
    calendars,
    substitutions,
    recusals,
    why,
    staff,
    units,
    handovers,
)
#: Pages and addresses without a log-in.
OPEN_TO_OUTSIDERS: Final = (
    exchange,
    gazette,
    open_procedures,
    outside_answers,
    partners,
    passwords,
)


def create_app(engine: Engine, settings: Settings) -> Flask:
    """Return the WSGI application that serves ``engine`` to browsers."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        SESSION_COOKIE_NAME="procureflow_page",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
    )
    app.extensions[access.ENGINE] = engine
    app.jinja_options = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": compiled.TEMPLATES,
    }
    # The order matters: who is asking must be known before a page can be refused politely.
    access.init_app(app)
    security.init_app(app)
    language.init_app(app)
    formats.init_app(app)
    clocks.init_app(app)
    keys.init_app(app)
    origin.init_app(app)
    bell.init_app(app)
    errors.init_app(app)
    for module in (*PARTS, *FEATURES, *OPEN_TO_OUTSIDERS):
        app.register_blueprint(module.blueprint)
    app.jinja_env.globals.update(
        diagram_data=diagrams.diagram_data,
        outline=outline.outline,
        verb_of=verbs.verb_of,
        primary_verbs=verbs.primary_verbs,
        months_of=calendars.months_of,
    )
    forms.install(app.jinja_env, lambda key: url_for("attachments.download", key=key))
    return app
