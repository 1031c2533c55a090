"""What a matter has to show beside its documents: a table and files, sealed ones by an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, render_template, request

from engine.commands import OpenExhibit
from engine.queries import ExhibitFile, ExhibitQuery, InstanceQuery
from engine.queries.exhibit_query import exhibit_view
from webui.access import ask, execute
from webui.attachments import disposition
from webui.language import reader_language

if TYPE_CHECKING:
    from flask import Response

    from engine.queries.views import ExhibitView

blueprint = Blueprint("exhibits", __name__, url_prefix="/instances/<key>/exhibit")


@blueprint.post("")
def unseal(key: str) -> str | Response:
    """Show what only this reader may see, or send one of its files; the look is recorded."""
    found = execute(OpenExhibit(instance_key=key))
    name = request.form.get("file", "")
    if not name:
        view = ask(InstanceQuery(instance_key=key))
        shown = exhibit_view(found, reader_language())
        return render_template("exhibits/opened.html", view=view, exhibit=shown, was_sealed=True)
    content = found.files.get(name)
    return abort(404) if content is None else _file(name, content)


@blueprint.get("/<name>")
def fetch(key: str, name: str) -> Response:
    """Send a file that everybody may have who may read the matter."""
    return _file(name, ask(ExhibitFile(instance_key=key, name=name)))


@blueprint.app_template_global()
def exhibit_of(instance_key: str) -> ExhibitView | None:
    """Return what a matter has to show."""
    return ask(ExhibitQuery(instance_key=instance_key))


def _file(name: str, content: bytes) -> Response:
    response = make_response(content)
    kind = "xml" if name.endswith(".xml") else "json"
    response.headers["Content-Type"] = f"application/{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
