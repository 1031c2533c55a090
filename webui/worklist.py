"""待办, 已办 and 我发起的: lists whose filters live in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from engine.queries import Worklist
from engine.queries.views import Box
from webui.access import ask

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("worklist", __name__)


@blueprint.get("/")
def index() -> BaseResponse:
    """Lead to the open work."""
    return redirect(url_for(".show", box=Box.TODO.value))


@blueprint.get("/worklist/<box>")
def show(box: str) -> str:
    """Show one list; filters that make no sense are ignored; 404 for an unknown list."""
    if box not in tuple(Box):
        abort(404)
    query = Worklist(
        box=Box(box),
        search=request.args.get("q", "").strip()[:100],
        process_id=request.args.get("process", ""),
        overdue_only=request.args.get("overdue") == "1",
        sort="arrived" if request.args.get("sort") == "arrived" else "due",
        page=max(request.args.get("page", 1, type=int), 1),
    )
    page = ask(query)
    g.box_counts = page.counts
    return render_template("worklist/list.html", box=Box(box), query=query, page=page)


@blueprint.app_template_global()
def list_address(query: Worklist, **changes: object) -> str:
    """Return the address of the list ``query`` shows, with ``changes``; defaults left out."""
    values = {
        "q": query.search,
        "process": query.process_id,
        "overdue": "1" if query.overdue_only else "",
        "sort": "" if query.sort == "due" else query.sort,
        "page": query.page if query.page > 1 else "",
    } | changes
    kept: dict[str, Any] = {
        name: str(value) for name, value in values.items() if value not in ("", None)
    }
    return url_for("worklist.show", box=query.box.value, **kept)
