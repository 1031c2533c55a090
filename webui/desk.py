"""What a person keeps for the daily work: phrases, signature; and the signatures of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import gettext

from engine.commands import PutPhrases, PutSignature, RemoveSignature
from engine.errors import ValidationFailedError
from engine.queries import OwnSignature, SignatureUnder
from webui.access import ask, execute
from webui.language import said
from webui.preferences import preferences_page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries import StoredFile

blueprint = Blueprint("desk", __name__)


@blueprint.post("/preferences/phrases")
def keep_phrases() -> BaseResponse | tuple[str, int]:
    """Replace the phrases, one a line; 422 with the reason, nothing typed is lost."""
    typed = request.form.get("phrases", "")
    try:
        execute(PutPhrases(phrases=typed.splitlines()))
    except ValidationFailedError as error:
        return preferences_page(phrases=typed, phrases_refusal=said(error)), 422
    flash(gettext("常用意见已保存。"), "done")
    return redirect(url_for("preferences.show"), code=303)


@blueprint.post("/preferences/signature")
def keep_signature() -> BaseResponse | tuple[str, int]:
    """Keep or remove the image of the signature; 422 with the reason."""
    if "remove" in request.form:
        execute(RemoveSignature())
        flash(gettext("签名图片已删除，以后的意见不再附签名。"), "done")
        return redirect(url_for("preferences.show"), code=303)
    file = request.files.get("signature")
    try:
        execute(
            PutSignature(
                name=(file.filename or "") if file else "", content=file.read() if file else b""
            )
        )
    except ValidationFailedError as error:
        return preferences_page(signature_refusal=said(error)), 422
    flash(gettext("签名图片已保存，今后的意见会附上签名。"), "done")
    return redirect(url_for("preferences.show"), code=303)


@blueprint.get("/preferences/signature")
def own_signature() -> Response:
    """Send the person's own signature; 404 without one."""
    return _image(ask(OwnSignature()))


@blueprint.get("/tasks/<key>/signature")
def signature_under(key: str) -> Response:
    """Send the signature under an opinion to readers of the matter."""
    return _image(ask(SignatureUnder(work_item_key=key)))


def _image(stored: StoredFile) -> Response:
    response = make_response(stored.content)
    response.headers["Content-Type"] = stored.content_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
