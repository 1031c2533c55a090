"""批量同意: ticked lines of one procedure, one opinion, a result for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import AgreeInBatch
from engine.errors import WorkflowError
from webui.access import execute
from webui.auth import local_address
from webui.language import said

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as BaseResponse

#: Tasks of one batch.
MOST: Final = 50


@dataclass(frozen=True)
class Result:
    """What became of one task; ``refusal`` is empty when it was done."""

    key: str
    title: str
    refusal: str


def add_to(blueprint: Blueprint) -> None:
    """Give the lists' blueprint the address of batches."""
    blueprint.add_url_rule("/worklist/batch", "agree", agree, methods=["POST"])


def agree() -> BaseResponse | str:
    """Agree to every ticked task, each in a transaction of its own, and say what became of it."""
    keys = list(dict.fromkeys(request.form.getlist("key")))
    back = local_address(request.form.get("back", "")) or url_for("worklist.index")
    if len(keys) > MOST:
        abort(400)
    if not keys:
        flash(gettext("请先勾选要办理的事项。"), "warn")
        return redirect(back, code=303)
    results = [_one(key, request.form.get("opinion", "")) for key in keys]
    return render_template("worklist/batch.html", results=results, back=back)


def _one(key: str, opinion: str) -> Result:
    # the words of the line that was ticked: a task that is done is on no list any more
    title = request.form.get(f"title.{key}", "")[:200] or key
    try:
        execute(AgreeInBatch(work_item_key=key, opinion=opinion))
    except WorkflowError as error:
        return Result(key, title, said(error))
    return Result(key, title, "")
