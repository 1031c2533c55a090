"""A matter as everyone entitled sees it, and the initiator's verbs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import TerminateInstance, WithdrawInstance
from engine.errors import ValidationFailedError
from engine.queries import AuditTrail, InstanceQuery
from webui.access import ask, execute
from webui.language import said

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("instances", __name__, url_prefix="/instances")


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show a matter; 403 when it is none of this person's business, 404 when there is none."""
    return _page(key)


@blueprint.post("/<key>")
def act(key: str) -> BaseResponse | tuple[str, int]:
    """Withdraw or terminate with a reason; 422 without one, 409 when it is too late."""
    verb = request.form.get("_action", "")
    reason = request.form.get(f"_reason_{verb}", "")
    try:
        if verb == "withdraw":
            execute(WithdrawInstance(instance_key=key, reason=reason))
            flash(gettext("已撤回，事项回到您的草稿中，可以修改后重新提交。"), "done")
        elif verb == "terminate":
            execute(TerminateInstance(instance_key=key, reason=reason))
            flash(gettext("已终止，此事项不再继续办理。"), "done")
        else:
            abort(400)
    except ValidationFailedError as error:
        return _page(key, said(error)), 422
    return redirect(url_for(".show", key=key), code=303)


def _page(key: str, refusal: str = "") -> str:
    view = ask(InstanceQuery(instance_key=key))
    audit = ask(AuditTrail(instance_key=key))
    return render_template("instances/show.html", view=view, audit=audit, refusal=refusal)
