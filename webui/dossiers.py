"""What people may look through: a list with filters and a page for each thing, to read only."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, g, render_template, request, url_for

from engine.clock import OFFICE_ZONE
from engine.commands import ChangeDossier, ExportDossier, ListDossier, OpenDossier
from engine.exhibit import Words
from engine.queries import Dossiers
from webui.access import ask, execute
from webui.formats import office_time
from webui.language import reader_language
from webui.spreadsheet import capped, excel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from engine.dossier import Cell
    from engine.queries import DossierHead
    from webui.spreadsheet import Sheet, Value

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")
_WRITING: Final = ("POST", "PUT", "PATCH", "DELETE")
#: Names in the address that are no filters.
_OWN: Final = ("q", "page")
_WIDTHS: Final = (44, 24)
_USUAL_WIDTH: Final = 18


@blueprint.get("/<name>")
def index(name: str) -> str:
    """Show a page of the list; ``q`` searches, ``page`` turns, the rest are filters."""
    number = request.args.get("page", "")
    query = ListDossier(
        name=name,
        words=request.args.get("q", ""),
        chosen=_chosen(),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
    found = execute(query) if _is_recorded(name) else ask(query)
    return render_template("dossiers/list.html", head=_head(name), found=found)


@blueprint.get("/<name>/export")
def export(name: str) -> Response:
    """Send the list as it is narrowed."""
    command = ExportDossier(name=name, words=request.args.get("q", ""), chosen=_chosen())
    dossier, lines, more = execute(command)
    language = reader_language()

    def write(sheet: Sheet) -> None:
        heads = [column.title.in_language(language) for column in dossier.columns]
        usual = [_USUAL_WIDTH] * max(0, len(heads) - len(_WIDTHS))
        sheet.head(heads, [*_WIDTHS, *usual][: len(heads)])
        for line in lines:
            sheet.row([_plain(cell) for cell in line.cells])
        if more:
            sheet.row([capped(len(lines))])

    return excel(dossier.title.in_language(language), write)


@blueprint.get("/<name>/<key>")
def show(name: str, key: str) -> str:
    """Show one thing."""
    query = OpenDossier(name=name, key=key)
    found = execute(query) if _is_recorded(name) else ask(query)
    return render_template("dossiers/show.html", head=_head(name), opened=found, page=found.page)


@blueprint.route("/<name>", methods=_WRITING)
@blueprint.route("/<name>/<key>", methods=_WRITING)
def refuse(name: str, key: str = "") -> str:
    """Refuse to change anything here; the try is recorded."""
    execute(ChangeDossier(name=name))
    abort(403)


@blueprint.app_template_global()
def dossiers() -> list[DossierHead]:
    """Return what stands in the reader's menu, asked once in a request."""
    if "dossiers" not in g:
        g.dossiers = ask(Dossiers())
    heads: list[DossierHead] = g.dossiers
    return heads


@blueprint.app_template_global()
def dossier_url(name: str, found: Mapping[str, str], endpoint: str = "index", **now: Any) -> str:
    """Return the address of a list with other values; empty ones are left out."""
    values = {key: value for key, value in {**found, **now}.items() if value}
    return url_for(f"dossiers.{endpoint}", name=name, **values)


@blueprint.app_template_filter()
def dossier_cell(value: Cell) -> str:
    """Write what a cell holds."""
    said = _plain(value)
    if isinstance(said, Decimal):
        return f"{said:,.2f}"
    if isinstance(said, datetime):
        return office_time(said)
    return said.isoformat() if isinstance(said, date) else said or ""


def _plain(value: Cell) -> Value:
    """Return what the reader's language makes of a cell."""
    return value.in_language(reader_language()) if isinstance(value, Words) else value


@blueprint.app_template_test("amount")
def is_amount(value: object) -> bool:
    """Tell whether a cell holds an amount."""
    return isinstance(value, Decimal)


@blueprint.app_template_global()
def days_between(earlier: datetime, later: datetime) -> int:
    """Count calendar days of the office."""
    return (later.astimezone(OFFICE_ZONE).date() - earlier.astimezone(OFFICE_ZONE).date()).days


def _chosen() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in _OWN}


def _is_recorded(name: str) -> bool:
    """Tell whether a look is recorded; a refused one is in any case."""
    return any(one.recorded for one in dossiers() if one.name == name)


def _head(name: str) -> DossierHead:
    return next(one for one in dossiers() if one.name == name)
