"""Where a verb leads: the page again, the list, or what a completion has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for

from engine.queries import WorkItemQuery
from webui.access import ask
from webui.language import reader_language
from webui.task_page import task_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from engine.commands import Completed
    from engine.queries.views import WorkItemView
    from webui.typed import Typed


def again(key: str, typed: Typed, status: int = 422) -> tuple[str, int]:
    """Show the page with what was typed and what is true now."""
    return task_page(ask(WorkItemQuery(work_item_key=key)), typed), status


def finished(view: WorkItemView, completed: Completed) -> BaseResponse:
    """Lead to what the completion has come to, and say why it went another way than expected."""
    for remark in completed.remarks:
        flash(remark.message(reader_language()), "info")
    address = url_for("instances.finished", key=view.matter.instance_key, work_item=view.key)
    return redirect(address, code=303)


def done_here(key: str, words: str) -> BaseResponse:
    """Show the same task again and say what was done."""
    flash(words, "done")
    return redirect(url_for("tasks.show", key=key), code=303)


def to_list(words: str) -> BaseResponse:
    """Lead back to the open work and say what was done."""
    flash(words, "done")
    return redirect(url_for("worklist.index"), code=303)
