"""The bundles that make setup builds, and that pages work without them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.support.databases import ROOT
from webui import assets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.webui.office_client import Person

FRONTEND = ROOT / "webui" / "frontend"


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_bundles_are_sent_packed_and_for_ever(person: Callable[[str], Person]) -> None:
    page = person("zzyz_jb")
    name = assets.manifest()["app.css"]

    packed = page.client.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
    plain = page.client.get(f"/assets/{name}", headers={"Accept-Encoding": "identity"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in packed.headers["Cache-Control"]
    assert len(packed.data) < len(plain.data)
    assert page.client.get("/assets/manifest.json").status_code == 404


def test_readers_without_a_choice_get_their_systems_colours() -> None:
    css = (assets.DIST / assets.manifest()["app.css"]).read_text(encoding="utf-8")

    chosen = re.findall(r"\[data-bs-theme=\"?dark\"?\]\{([^}]*--pf-canvas[^}]*)\}", css)
    system = re.findall(r":root:not\(\[data-bs-theme\]\)\{([^}]*--pf-canvas[^}]*)\}", css)

    assert len(chosen) == len(system) == 1
    assert chosen == system


def test_pages_say_so_when_there_are_no_bundles(
    person: Callable[[str], Person], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = person("zzyz_jb")
    monkeypatch.setattr(assets, "DIST", tmp_path)
    assets.manifest.cache_clear()

    text = page.get("/worklist/todo")
    assets.manifest.cache_clear()

    assert page.status == 200
    assert "make setup" in text
