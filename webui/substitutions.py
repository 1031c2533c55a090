"""代理设置: who acts for a person while away; an administrator arranges it for others too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import AppointSubstitute, RevokeSubstitution
from engine.errors import ValidationFailedError
from engine.queries import Substitutions
from webui.access import ask, execute
from webui.formats import typed_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("substitutions", __name__, url_prefix="/substitutions")
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


@blueprint.get("")
def show() -> str | tuple[str, int]:
    """Show the reader's page, for an administrator anybody's (``person``)."""
    person = request.args.get("person", "").strip()
    try:
        return _page(person, {})
    except ValidationFailedError as error:
        return _page("", {}, error), 422


@blueprint.post("")
def appoint() -> BaseResponse | tuple[str, int]:
    """Appoint a substitute; refused input (422) comes back as typed."""
    form = request.form
    try:
        execute(
            AppointSubstitute(
                principal=form.get("principal", ""),
                substitute=form.get("substitute", ""),
                starts_on=typed_date(form.get("starts_on", "")),
                ends_on=typed_date(form.get("ends_on", "")),
                reason=form.get("reason", ""),
                processes=form.getlist("processes"),
                regions=_BETWEEN.split(form.get("regions", "")),
            )
        )
    except ValidationFailedError as error:
        typed = {**form.to_dict(), "processes": form.getlist("processes")}
        return _page(form.get("principal", ""), typed, error), 422
    flash(gettext("代理已设置，已通知双方。"), "done")
    return _back(form.get("principal", ""))


@blueprint.post("/<key>/revoke")
def revoke(key: str) -> BaseResponse:
    """End a substitution."""
    execute(RevokeSubstitution(substitution_key=key))
    flash(gettext("代理已撤销，已通知双方。"), "done")
    return _back(request.form.get("person", ""))


def _back(person: str) -> BaseResponse:
    return redirect(url_for(".show", person=person or None), code=303)


def _page(
    person: str, typed: Mapping[str, object], error: ValidationFailedError | None = None
) -> str:
    view = ask(Substitutions(person=person))
    errors = {fault.field: fault for fault in error.errors} if error else {}
    return render_template("substitutions/show.html", view=view, typed=typed, errors=errors)
