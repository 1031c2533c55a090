"""Behind a one-time link: a party outside of the office corrects its slice of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request

from engine.commands import AddOutsideFile, AnswerOutside
from engine.errors import LinkGoneError, NotFoundError, ValidationFailedError
from engine.model.participants import PUBLIC, Actor
from engine.queries import OutsideLinkQuery
from webui.access import engine
from webui.forms import Surroundings, form_state, parse_submission
from webui.language import reader_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from flask import Response

    from engine.errors import FieldError
    from engine.queries.views import OutsidePage

blueprint = Blueprint("outside_answers", __name__, url_prefix="/outside")


@blueprint.get("/<token>")
def show(token: str) -> Response:
    """Show the slice; 404 for an unknown link, 410 for one that is used, lapsed or recalled."""
    try:
        page = _read(token)
    except (NotFoundError, LinkGoneError) as error:
        return _gone(error)
    return _answer(_form_page(token, page, page.answers, ""))


@blueprint.post("/<token>")
def answer(token: str) -> Response:
    """Take the answer; 422 with everything typed. Files are kept first, whatever happens next."""
    try:
        page = _read(token)
        answers = parse_submission(page.form, request.form)
        opinion = request.form.get("_opinion", "")
        errors = _store_files(token)
        page = _read(token)
        if not errors:
            command = AnswerOutside(token=token, answers=answers, opinion=opinion)
            engine().execute(command, _reader())
    except ValidationFailedError as error:
        errors = list(error.errors)
    except (NotFoundError, LinkGoneError) as error:
        return _gone(error)
    if errors:
        return _answer(_form_page(token, page, answers, opinion, errors), 422)
    return _answer(render_template("outside_answers/done.html", page=page))


def _store_files(token: str) -> list[FieldError]:
    refused: list[FieldError] = []
    for name, file in request.files.items(multi=True):
        if not file.filename:
            continue
        command = AddOutsideFile(
            token=token,
            field=name.replace("-", "."),
            name=file.filename,
            content=file.read(),
        )
        try:
            engine().execute(command, _reader())
        except ValidationFailedError as error:
            refused += error.errors
    return refused


def _read(token: str) -> OutsidePage:
    return engine().ask(OutsideLinkQuery(token=token), _reader())


def _reader() -> Actor:
    """Return who asks: nobody in particular, also when somebody is logged in."""
    return Actor(login=PUBLIC.login, address=request.remote_addr or "")


def _form_page(
    token: str,
    page: OutsidePage,
    answers: Mapping[str, Any],
    opinion: str,
    errors: Sequence[FieldError] = (),
) -> str:
    around = Surroundings(
        errors=errors,
        attachments=page.attachments,
        context=page.answers,
        language=reader_language(),
    )
    state = form_state(page.form, answers, around)
    mine = [one for one in errors if one.field == "opinion"]
    return render_template(
        "outside_answers/form.html",
        token=token,
        page=page,
        state=state,
        opinion=opinion,
        opinion_errors=mine,
    )


def _gone(error: NotFoundError | LinkGoneError) -> Response:
    status = 404 if isinstance(error, NotFoundError) else 410
    words = error.message(reader_language()) if isinstance(error, LinkGoneError) else ""
    return _answer(render_template("outside_answers/gone.html", words=words), status)


def _answer(text: str, status: int = 200) -> Response:
    """Return a page that nobody keeps and whose address is passed on to nobody."""
    response = make_response(text, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
