"""The task page: one form, one POST; which button was pressed decides what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext

from engine.commands import (
    ClaimWorkItem,
    CompleteWorkItem,
    OpenWorkItem,
    ReleaseWorkItem,
    RemoveAttachment,
    ReturnWorkItem,
    SaveDraft,
)
from engine.errors import TaskGoneError, ValidationFailedError
from engine.queries import AnsweredRequest, WorkItemQuery
from webui.access import ask, execute
from webui.instances import carry_out
from webui.task_page import task_page
from webui.typed import Typed, from_request, from_view, store_uploads

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.views import WorkItemView

    Answer = BaseResponse | str | tuple[str, int]

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show a work item; 403 when it is none of this person's business, 404 when there is none."""
    view = ask(WorkItemQuery(work_item_key=key))
    if view.mine and not view.opened and not view.matter.is_draft:
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
        again = _sent_before(key)
        if again is None:
            raise
        return again
    typed = from_request(view)
    refused = store_uploads(view)
    if refused:
        return _again(key, typed.refused(refused))
    try:
        return _verb()(view, typed)
    except ValidationFailedError as error:
        return _again(key, typed.refused(error.errors))


def _sent_before(key: str) -> BaseResponse | None:
    """Lead to the outcome of this very page if it was submitted before, else ``None``."""
    request_key = request.form.get("_idempotency", "")[:80]
    instance = ask(AnsweredRequest(idempotency_key=request_key))
    if "_outcome" not in request.form or not instance:
        return None
    return redirect(url_for("instances.finished", key=instance, work_item=key), code=303)


def _verb() -> Callable[[WorkItemView, Typed], Answer]:
    """Choose by the pressed button; whatever is no verb shows the form again."""
    if "_outcome" in request.form:
        return _complete
    if "_remove" in request.form:
        return _remove_attachment
    return _VERBS.get(request.form.get("_action", ""), _show_again)


def _complete(view: WorkItemView, typed: Typed) -> Answer:
    execute(
        CompleteWorkItem(
            work_item_key=view.key,
            outcome=request.form["_outcome"],
            answers=typed.answers,
            opinion=typed.opinion,
            idempotency_key=typed.idempotency_key,
        )
    )
    return _finished(view)


def _save(view: WorkItemView, typed: Typed) -> Answer:
    execute(SaveDraft(work_item_key=view.key, answers=typed.answers, opinion=typed.opinion))
    flash(gettext("草稿已保存，可以稍后继续填写。"), "done")
    return redirect(url_for(".show", key=view.key), code=303)


def _claim(view: WorkItemView, typed: Typed) -> Answer:
    execute(ClaimWorkItem(work_item_key=view.key))
    return _again(view.key, typed, status=200)


def _release(view: WorkItemView, _typed: Typed) -> Answer:
    execute(ReleaseWorkItem(work_item_key=view.key))
    flash(gettext("已放弃认领，同岗位的其他人可以办理。"), "done")
    return redirect(url_for("worklist.index"), code=303)


def _return(view: WorkItemView, typed: Typed) -> Answer:
    execute(
        ReturnWorkItem(work_item_key=view.key, target_element_id=typed.target, reason=typed.reason)
    )
    return _finished(view)


def _end(view: WorkItemView, _typed: Typed) -> Answer:
    """Withdraw or terminate the matter; without a reason the page comes back as typed."""
    carry_out(view.matter.instance_key)
    return redirect(url_for("instances.show", key=view.matter.instance_key), code=303)


def _remove_attachment(view: WorkItemView, typed: Typed) -> Answer:
    attachment = request.form["_remove"]
    execute(RemoveAttachment(work_item_key=view.key, attachment_key=attachment))
    return _again(view.key, typed, status=200)


def _finished(view: WorkItemView) -> Answer:
    address = url_for("instances.finished", key=view.matter.instance_key, work_item=view.key)
    return redirect(address, code=303)


def _show_again(view: WorkItemView, typed: Typed) -> Answer:
    return _again(view.key, typed, status=200)


_VERBS: Final[dict[str, Callable[[WorkItemView, Typed], Answer]]] = {
    "save": _save,
    "claim": _claim,
    "release": _release,
    "return": _return,
    "withdraw": _end,
    "terminate": _end,
}


def _again(key: str, typed: Typed, status: int = 422) -> tuple[str, int]:
    """Show the page with what was typed and what is true now."""
    return task_page(ask(WorkItemQuery(work_item_key=key)), typed), status
