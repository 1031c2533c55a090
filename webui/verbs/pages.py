"""Where a verb leads: the page again, the list, or what a completion has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext
from markupsafe import Markup

from engine.queries import WorkItemQuery
from webui.access import ask
from webui.language import reader_language
from webui.task_page import task_page
from webui.worklist.origin import next_to_do, task_address

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from engine.commands import Completed
    from engine.queries.views import WorkItemView
    from webui.typed import Typed


def again(key: str, typed: Typed, status: int = 422) -> tuple[str, int]:
    """Show the page with what was typed and what is true now."""
    return task_page(ask(WorkItemQuery(work_item_key=key)), typed), status


def finished(view: WorkItemView, completed: Completed) -> BaseResponse:
    """Lead to the next one of the list, or to what the completion has come to.

    Says why it went another way than expected.
    """
    for remark in completed.remarks:
        flash(remark.message(reader_language()), "info")
    address = url_for("instances.finished", key=view.matter.instance_key, work_item=view.key)
    following = next_to_do(view.key)
    if not following:
        return redirect(address, code=303)
    done = gettext(
        "已办理“%(title)s”的“%(step)s”，下面是下一条。",
        title=view.matter.title,
        step=view.element_name,
    )
    link = Markup('<span data-done>{}</span> <a href="{}">{}</a>')
    flash(link.format(done, address, gettext("查看办理结果")), "done")
    return redirect(task_address(following), code=303)


def done_here(key: str, words: str) -> BaseResponse:
    """Show the same task again and say what was done."""
    flash(words, "done")
    return redirect(task_address(key), code=303)


def to_list(words: str) -> BaseResponse:
    """Lead back to the open work and say what was done."""
    flash(words, "done")
    return redirect(url_for("worklist.index"), code=303)
