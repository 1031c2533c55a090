"""离职交接: preview, act and result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from engine.commands import HandOver, HandOverNext, RetryHandover
from engine.errors import ValidationFailedError
from engine.queries import HandoverOutcome, HandoverPreview
from webui.access import ask, engine, execute

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("handovers", __name__, url_prefix="/handovers")
#: Things handed on while the administrator waits; workers do the rest.
_AT_ONCE: Final = 30
_FIELD: Final = "to."
KIND_WORDS: Final = {
    "work_item": lazy_gettext("任务"),
    "delegation": lazy_gettext("委派给他人的任务"),
    "matter": lazy_gettext("发起的事项"),
    "substitution": lazy_gettext("代理"),
}


@blueprint.get("/of/<login>")
def plan(login: str) -> str | tuple[str, int]:
    """Show what there is, and with a successor (``to``) what each could have."""
    to = request.args.get("to", "")
    by_process = _by_process(request.args)
    try:
        view = ask(HandoverPreview(leaver=login, to=to, by_process=by_process))
    except ValidationFailedError as error:
        return _plan(login, request.args, error), 422
    return render_template(
        "handovers/plan.html", view=view, typed=request.args, errors={}, kinds=KIND_WORDS
    )


@blueprint.post("/of/<login>")
def hand_over(login: str) -> BaseResponse | tuple[str, int]:
    """Hand everything over and show the result; 422 with everything typed."""
    form = request.form
    command = HandOver(
        leaver=login,
        to=form.get("to", ""),
        reason=form.get("reason", ""),
        by_process=_by_process(form),
    )
    try:
        key = execute(command)
    except ValidationFailedError as error:
        return _plan(login, form, error), 422
    _hand_on()
    return redirect(url_for(".show", key=key), code=303)


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show what has become of each thing."""
    view = ask(HandoverOutcome(handover_key=key))
    return render_template("handovers/result.html", view=view, kinds=KIND_WORDS)


@blueprint.post("/<key>/retry")
def retry(key: str) -> BaseResponse:
    """Try again what was refused."""
    execute(RetryHandover(handover_key=key))
    _hand_on()
    flash(gettext("已重试。"), "done")
    return redirect(url_for(".show", key=key), code=303)


def _hand_on() -> None:
    """Do at once what does not take long; each thing is a transaction of its own."""
    for _ in range(_AT_ONCE):
        if not engine().execute(HandOverNext()):
            return


def _by_process(values: dict[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(_FIELD): text
        for name, text in values.items()
        if name.startswith(_FIELD) and text.strip()
    }


def _plan(login: str, typed: dict[str, str], error: ValidationFailedError) -> str:
    return render_template(
        "handovers/plan.html",
        view=ask(HandoverPreview(leaver=login)),
        typed=typed,
        errors={fault.field: fault for fault in error.errors},
        kinds=KIND_WORDS,
    )
