"""为什么: a page of its own for readers of a matter, and beside refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from engine.errors import NotFoundError
from engine.queries import WhyPage, WhyQuery
from webui.access import ask, current_participant

if TYPE_CHECKING:
    from engine.queries.views import WhyView

blueprint = Blueprint("why", __name__)


@blueprint.get("/tasks/<key>/why")
def show(key: str) -> str:
    """Explain a work item, open or finished; 403 for whoever may not see its matter."""
    found = ask(WhyPage(work_item_key=key))
    return render_template("tasks/why_page.html", why=found)


@blueprint.app_template_global()
def why_refused() -> WhyView | None:
    """Explain the work item that a refused request was about, where the reader may see it."""
    key = (request.view_args or {}).get("key", "")
    about_task = request.blueprint == "tasks" and key
    person = current_participant()
    if not about_task or person is None or person.must_change_password:
        return None
    try:
        return ask(WhyQuery(work_item_key=key))
    except NotFoundError:
        return None
