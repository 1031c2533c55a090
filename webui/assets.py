"""Serves the bundles that webui/frontend/build_ui.py made; pages work without them, only plain."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, make_response, request, url_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

blueprint = Blueprint("assets", __name__)
_STATIC: Final = Path(__file__).parent / "static"
DIST: Final = _STATIC / "dist"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
#: Names carry the content's hash, so a copy stays right for ever (seconds).
_YEAR: Final = 31_536_000


@blueprint.get("/assets/<name>")
def bundle(name: str) -> Response:
    """Send a bundle, compressed for browsers that take it; 404 for anything else."""
    media_type = _TYPES.get(Path(name).suffix)
    if media_type is None or name not in manifest().values():
        abort(404)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = make_response((DIST / (f"{name}.gz" if packed else name)).read_bytes())
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Type"] = media_type
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


@blueprint.get("/favicon.svg")
def seal() -> Response:
    """Send the seal that stands for the product in browser tabs."""
    response = make_response((_STATIC / "seal.svg").read_bytes())
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@lru_cache(maxsize=1)
def manifest() -> Mapping[str, str]:
    """Return ``{entry name: file name}``; empty when the bundles were not built."""
    path = DIST / "manifest.json"
    if not path.is_file():
        return {}
    loaded: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@blueprint.app_context_processor
def _addresses() -> dict[str, object]:
    return {"asset": _address}


def _address(entry: str) -> str:
    """Return the address of a bundle, ``""`` when it was not built."""
    name = manifest().get(entry)
    return url_for("assets.bundle", name=name) if name else ""
