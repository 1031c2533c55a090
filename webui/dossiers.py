"""What an office may look through: a list and a page for each thing, to read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, g, render_template, request

from engine.commands import ListDossier, OpenDossier
from engine.queries import Dossiers
from webui.access import ask, execute
from webui.language import reader_language

if TYPE_CHECKING:
    from engine.queries import DossierHead

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")
_WRITING: Final = ("POST", "PUT", "PATCH", "DELETE")


@blueprint.get("/<name>")
def index(name: str) -> str:
    """Show the list; ``q`` searches."""
    words = request.args.get("q", "")
    lines = execute(ListDossier(name=name, words=words))
    return render_template("dossiers/list.html", head=_head(name), lines=lines, words=words)


@blueprint.get("/<name>/<key>")
def show(name: str, key: str) -> str:
    """Show one thing."""
    page = execute(OpenDossier(name=name, key=key))
    language = reader_language()
    return render_template("dossiers/show.html", head=_head(name), page=page, language=language)


@blueprint.route("/<name>", methods=_WRITING)
@blueprint.route("/<name>/<key>", methods=_WRITING)
def refuse(name: str, key: str = "") -> str:
    """Refuse to change anything here."""
    abort(403)


@blueprint.app_template_global()
def dossiers() -> list[DossierHead]:
    """Return what stands in the reader's menu, asked once in a request."""
    if "dossiers" not in g:
        g.dossiers = ask(Dossiers())
    heads: list[DossierHead] = g.dossiers
    return heads


def _head(name: str) -> DossierHead:
    return next(one for one in dossiers() if one.name == name)
