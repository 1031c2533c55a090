"""The task page: one form, one POST; which button was pressed decides what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext

from engine.commands import CompleteWorkItem, OpenWorkItem, RemoveAttachment, SaveDraft
from engine.errors import TaskGoneError, ValidationFailedError
from engine.queries import AnsweredRequest, WorkItemQuery
from webui.access import ask, execute
from webui.task_page import task_page
from webui.typed import from_request, from_view, store_uploads
from webui.verbs import verb_of
from webui.verbs.pages import again, finished
from webui.worklist.origin import task_address

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Act, Answer

#: Verbs of which a repeated request leads to what the first one has come to.
_ONCE: Final = frozenset({"return"})

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show a work item; 403 when it is none of this person's business, 404 when there is none."""
    view = ask(WorkItemQuery(work_item_key=key))
    if not view.seen and not view.matter.is_draft:
        execute(OpenWorkItem(work_item_key=key))
    return task_page(view, from_view(view))


@blueprint.post("/<key>")
def act(key: str) -> Answer:
    """Do what the pressed button says.

    Uploaded files are kept first, whatever happens next. Refused input (422) comes back in the
    page with everything that was typed; 409 when somebody else was faster.
    """
    try:
        view = ask(WorkItemQuery(work_item_key=key))
    except TaskGoneError:
        sent = _sent_before(key)
        if sent is None:
            raise
        return sent
    typed = from_request(view)
    refused = store_uploads(view)
    if refused:
        return again(key, typed.refused(refused))
    try:
        return _pressed(typed)(view, typed)
    except ValidationFailedError as error:
        return again(key, typed.refused(error.errors))


def _sent_before(key: str) -> BaseResponse | None:
    """Lead to the outcome of this very page if it was submitted before, else ``None``."""
    request_key = request.form.get("_idempotency", "")[:80]
    instance = ask(AnsweredRequest(idempotency_key=request_key))
    answered = "_outcome" in request.form or request.form.get("_action") in _ONCE
    if not answered or not instance:
        return None
    return redirect(url_for("instances.finished", key=instance, work_item=key), code=303)


def _pressed(typed: Typed) -> Act:
    """Choose by the pressed button; whatever is no verb shows the form again."""
    if "_outcome" in request.form:
        return _complete
    if "_remove" in request.form:
        return _remove_attachment
    if typed.verb == "save":
        return _save
    verb = verb_of(typed.verb)
    return verb.act if verb is not None else _show_again


def _complete(view: WorkItemView, typed: Typed) -> Answer:
    completed = execute(
        CompleteWorkItem(
            work_item_key=view.key,
            outcome=request.form["_outcome"],
            answers=typed.answers,
            opinion=typed.opinion,
            next_people={one.element_id: typed.next_people(one) for one in view.next_steps},
            idempotency_key=typed.idempotency_key,
        )
    )
    return finished(view, completed)


def _save(view: WorkItemView, typed: Typed) -> Answer:
    execute(
        SaveDraft(
            work_item_key=view.key,
            answers=typed.answers,
            opinion=typed.opinion,
            begun_from=request.form.get("_draft"),
        )
    )
    flash(gettext("草稿已保存，可以稍后继续填写。"), "done")
    return redirect(task_address(view.key), code=303)


def _remove_attachment(view: WorkItemView, typed: Typed) -> Answer:
    attachment = request.form["_remove"]
    execute(RemoveAttachment(work_item_key=view.key, attachment_key=attachment))
    return again(view.key, typed, status=200)


def _show_again(view: WorkItemView, typed: Typed) -> Answer:
    return again(view.key, typed, status=200)
