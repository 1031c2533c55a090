"""回避: one's own entries, and everybody's for an administrator."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import AddRecusal, LiftRecusal
from engine.errors import ValidationFailedError
from engine.queries import Recusals
from webui.access import ask, execute
from webui.formats import typed_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("recusals", __name__, url_prefix="/recusals")


@blueprint.get("")
def show() -> str:
    """Show the entries; ``matter`` prepares a new one for a matter."""
    return _page(request.args.get("matter", ""), {})


@blueprint.post("")
def add() -> BaseResponse | tuple[str, int]:
    """Register one; refused input (422) comes back as typed."""
    form = request.form
    matter = form.get("matter", "")
    until = typed_date(form.get("until", ""))
    try:
        execute(
            AddRecusal(
                person=form.get("person", ""),
                instance_key=matter,
                unit=form.get("unit", ""),
                reason=form.get("reason", ""),
                until=date.min if until is None and form.get("until") else until,
            )
        )
    except ValidationFailedError as error:
        return _page(matter, form, error), 422
    flash(gettext("已登记回避，有关任务将转由其他人员办理。"), "done")
    return redirect(url_for(".show"), code=303)


@blueprint.post("/<key>/lift")
def lift(key: str) -> BaseResponse | tuple[str, int]:
    """End one, with a reason."""
    try:
        execute(LiftRecusal(recusal_key=key, reason=request.form.get("reason", "")))
    except ValidationFailedError as error:
        return _page("", {}, error, lifting=key), 422
    flash(gettext("回避已解除。"), "done")
    return redirect(url_for(".show"), code=303)


def _page(
    matter: str,
    typed: Mapping[str, str],
    error: ValidationFailedError | None = None,
    lifting: str = "",
) -> str:
    errors = {fault.field: fault for fault in error.errors} if error else {}
    return render_template(
        "recusals/show.html",
        view=ask(Recusals(instance_key=matter)),
        typed=typed,
        errors={} if lifting else errors,
        lifting=lifting,
        lift_error=next(iter(errors.values()), None) if lifting else None,
    )
