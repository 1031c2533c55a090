"""A matter as everyone entitled sees it, and the initiator's verbs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import ReadCopies
from engine.errors import ValidationFailedError
from engine.queries import AuditTrail, InstanceQuery, Worklist
from engine.queries.views import Box, StepState
from webui.access import ask, execute
from webui.language import said
from webui.typed import from_dialogs
from webui.verbs.matter import MATTER_VERBS, carry_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.views import DocumentView, TimelineStep
    from webui.typed import Typed
    from webui.verbs.verb import Answer

blueprint = Blueprint("instances", __name__, url_prefix="/instances")


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show a matter; 403 when it is none of this person's business, 404 when there is none."""
    return _page(key)


@blueprint.post("/<key>")
def act(key: str) -> Answer:
    """Do a verb of the whole matter; 422 without its reason, 409 when it is too late."""
    typed = from_dialogs()
    if typed.verb == "read_copies":
        return _read_copies(key)
    if typed.searching:
        return _page(key, typed)
    if typed.verb not in MATTER_VERBS:
        abort(400)
    try:
        carry_out(key, typed)
    except ValidationFailedError as error:
        return _page(key, typed.refused(error.errors)), 422
    return redirect(url_for(".show", key=key), code=303)


def _read_copies(key: str) -> BaseResponse | tuple[str, int]:
    comment = request.form.get("comment", "")
    try:
        execute(ReadCopies(instance_key=key, comment=comment))
    except ValidationFailedError as error:
        return _page(key, comment=comment, refusal=said(error)), 422
    flash(gettext("已标为已阅。"), "done")
    return redirect(url_for("worklist.show", box=Box.TO_READ.value), code=303)


@blueprint.get("/<key>/finished/<work_item>")
def finished(key: str, work_item: str) -> str:
    """Say what a completed work item has led to: who has the matter now, what is open next."""
    view = ask(InstanceQuery(instance_key=key))
    rows = ask(Worklist(box=Box.TODO)).rows
    return render_template(
        "instances/finished.html",
        view=view,
        step=next((step for step in view.timeline if step.work_item_key == work_item), None),
        currents=[step for step in view.timeline if step.state is StepState.CURRENT],
        continues=next((row for row in rows if row.instance_key == key), None),
        following=next((row for row in rows if row.instance_key != key), None),
    )


@blueprint.app_template_global()
def document_title(document: DocumentView, timeline: Sequence[TimelineStep]) -> str:
    """Return the name of the step whose form the document is (form id = process.element)."""
    element_id = document.form.id.rpartition(".")[2]
    return next((step.name for step in timeline if step.element_id == element_id), "")


def _page(key: str, typed: Typed | None = None, **shown: str) -> str:
    view = ask(InstanceQuery(instance_key=key))
    audit = ask(AuditTrail(instance_key=key))
    return render_template("instances/show.html", view=view, audit=audit, typed=typed, **shown)
