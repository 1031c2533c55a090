"""Procedures that are open to everybody: the form and the answer, without a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from engine.commands import StartPublicly
from engine.errors import ValidationFailedError
from engine.model.participants import PUBLIC, Actor
from engine.queries import PublicProcedures, PublicStartQuery
from webui.access import engine
from webui.forms import Surroundings, form_state, parse_submission
from webui.language import reader_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from engine.errors import FieldError
    from engine.queries.views import PublicProcedure, PublicStart

blueprint = Blueprint("open_procedures", __name__, url_prefix="/open")


@blueprint.get("/<process_id>")
def show(process_id: str) -> str:
    """Show the form; 404 when there is no such procedure, 403 when it is not open."""
    return _form_page(_read(process_id), {})


@blueprint.post("/<process_id>")
def begin(process_id: str) -> str | tuple[str, int]:
    """Start it and show the answer; 422 with everything typed, 429 when it is tried too often."""
    page = _read(process_id)
    answers = parse_submission(page.form, request.form)
    command = StartPublicly(process_id=process_id, answers=answers, language=reader_language())
    try:
        answer = engine().execute(command, _reader())
    except ValidationFailedError as error:
        return _form_page(page, answers, error.errors), 422
    return render_template("open_procedures/answer.html", page=page, answer=answer)


@blueprint.app_template_global()
def open_procedures() -> Sequence[PublicProcedure]:
    """Return what the log-in page offers to people without an account at hand."""
    return engine().ask(PublicProcedures(language=reader_language()), _reader())


def _read(process_id: str) -> PublicStart:
    query = PublicStartQuery(process_id=process_id, language=reader_language())
    return engine().ask(query, _reader())


def _reader() -> Actor:
    """Return who asks: nobody in particular, also when somebody is logged in."""
    return Actor(login=PUBLIC.login, address=request.remote_addr or "")


def _form_page(
    page: PublicStart, answers: Mapping[str, Any], errors: Sequence[FieldError] = ()
) -> str:
    around = Surroundings(errors=errors, language=reader_language())
    state = form_state(page.form, answers, around)
    return render_template("open_procedures/form.html", page=page, state=state)
