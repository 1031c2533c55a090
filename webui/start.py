"""发起: what this person may start in the own unit, and starting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.commands import StartInstance
from engine.queries import StartCatalogue
from webui.access import ask, execute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.views import StartableProcess

blueprint = Blueprint("start", __name__)


@blueprint.get("/start")
def show() -> str:
    """Show the procedures by category; ``q`` narrows them by name and description."""
    search = request.args.get("q", "").strip()[:100]
    offered = ask(StartCatalogue())
    found = [process for process in offered if _matches(process, search)]
    return render_template(
        "start/catalogue.html", categories=_by_category(found), search=search, total=len(offered)
    )


@blueprint.post("/start")
def begin() -> BaseResponse:
    """Start a procedure and open its first step; 403 when it is not this person's to start."""
    started = execute(
        StartInstance(
            process_id=request.form.get("process_id", ""),
            idempotency_key=request.form.get("_idempotency", "")[:64],
        )
    )
    if started.work_item_key is None:
        return redirect(url_for("instances.show", key=started.instance_key), code=303)
    return redirect(url_for("tasks.show", key=started.work_item_key), code=303)


def _matches(process: StartableProcess, search: str) -> bool:
    words = search.casefold().split()
    text = f"{process.name} {process.category} {process.description}".casefold()
    return all(word in text for word in words)


def _by_category(processes: Sequence[StartableProcess]) -> dict[str, list[StartableProcess]]:
    """Group in the order of first appearance."""
    groups: dict[str, list[StartableProcess]] = {}
    for process in processes:
        groups.setdefault(process.category, []).append(process)
    return groups
