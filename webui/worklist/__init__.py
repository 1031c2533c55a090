"""The lists of a person: everything that narrows and orders them lives in the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from markupsafe import Markup, escape

from engine.commands import ChoosePreferences
from engine.model.preferences import PAGE_SIZES
from engine.queries import MOST_LINES
from engine.queries.views import Box
from webui.access import ask, choices, execute
from webui.auth import local_address
from webui.worklist import batch, saving
from webui.worklist.address import ListAddress
from webui.worklist.chips import chips_of
from webui.worklist.columns import columns_of, shown_columns
from webui.worklist.export import export
from webui.worklist.grouping import grouped
from webui.worklist.words import BOXES, GROUPS, SORTS

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("worklist", __name__)
blueprint.add_app_template_global(lambda: BOXES, "all_boxes")
saving.add_to(blueprint)
batch.add_to(blueprint)


@blueprint.get("/")
def index() -> BaseResponse:
    """Lead to the open work."""
    return redirect(url_for(".show", box=Box.TODO.value))


@blueprint.get("/worklist")
def boxes() -> str:
    """Show all lists and saved filters with their numbers: the menu of a narrow screen."""
    return render_template("worklist/boxes.html")


@blueprint.get("/worklist/<box>")
def show(box: str) -> str | BaseResponse:
    """Show one list; values that make no sense are ignored; 404 for an unknown list."""
    address = read_address(box)
    if "column" in request.args:
        chosen = ",".join(request.args.getlist("column"))
        return redirect(address.changed(columns=chosen).url)
    page = ask(address.query(choices()[0].page_size))
    g.box_counts = page.menu
    return render_template(
        "worklist/list.html",
        box=address.box,
        address=address,
        page=page,
        title=BOXES[address.box][0],
        chips=chips_of(address, page.chips),
        columns=shown_columns(address.box, address.columns),
        offered=columns_of(address.box),
        groups=grouped(page.rows, address.narrowing.group),
        saved=saving.shown_filter(address),
        page_sizes=PAGE_SIZES,
        sorts=SORTS,
        group_names=GROUPS,
        most_lines=MOST_LINES,
    )


@blueprint.get("/worklist/<box>/export")
def export_list(box: str) -> Response:
    """Send the list as the address narrows and shows it, as an Excel file."""
    return export(read_address(box))


def read_address(box: str) -> ListAddress:
    """Return the list that the address names; 404 for an unknown one."""
    if box not in tuple(Box):
        abort(404)
    return ListAddress.read(Box(box), request.args)


@blueprint.post("/worklist/page-size")
def choose_page_size() -> BaseResponse:
    """Remember the rows of a page for all lists and show the list again."""
    execute(ChoosePreferences(page_size=request.form.get("size", type=int)))
    back = local_address(request.form.get("back", "")) or url_for(".index")
    return redirect(back, code=303)


@blueprint.app_template_filter()
def marked(text: str, words: str) -> Markup:
    """Mark what a search was for, in text that is escaped here."""
    if not words:
        return escape(text)
    parts = re.split(f"({re.escape(words)})", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
