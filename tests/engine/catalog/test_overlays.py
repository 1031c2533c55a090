"""A region's overlay changes the form below it; both are pinned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from engine.catalog import bindings, read_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.errors import Finding

OVERLAY = {
    "overlay": True,
    "id": "leave_request.apply",
    "operations": [
        {"op": "set", "key": "days", "attributes": {"label": "请假天数"}},
        {"op": "remove", "key": "deputy"},
    ],
}


@pytest.fixture
def overlay(leave: Path) -> Path:
    """Give the overlay of 410100, written beside the base form."""
    file = leave.parents[1] / "forms/leave_request/regions/410100/apply.form"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(OVERLAY), encoding="utf-8")
    return file


def test_the_city_gets_the_changed_form(leave: Path, overlay: Path) -> None:
    assert overlay.is_file()
    package = read_package(leave)

    city = bindings(package, "leave_request", "410122")
    base = bindings(package, "leave_request", "410300")

    layers = city.form("leave_request.apply")
    assert len(layers) == 2
    assert layers[:1] == base.form("leave_request.apply")
    labels = {item.key: item.label for item in package.catalog.form(layers).components}  # type: ignore[attr-defined]
    assert labels == {"reason": "事由", "days": "请假天数"}


def test_the_overlay_is_checked_with_its_base(
    overlay: Path, found: Callable[[], list[Finding]]
) -> None:
    assert [item for item in found() if item.severity == "error"] == []

    broken = {**OVERLAY, "operations": [{"op": "remove", "key": "no_such_field"}]}
    overlay.write_text(json.dumps(broken), encoding="utf-8")

    (error,) = [item for item in found() if item.severity == "error"]
    assert error.file == "forms/leave_request/regions/410100/apply.form"
    assert "no_such_field" in error.element_id + error.message_zh


def test_an_overlay_without_a_base_is_refused(
    leave: Path, overlay: Path, found: Callable[[], list[Finding]]
) -> None:
    assert overlay.is_file()
    (leave.parents[1] / "forms/leave_request/apply.form").unlink()

    rules = {item.rule for item in found() if item.severity == "error"}

    assert {"overlay-base", "unknown-form"} <= rules


def test_the_variant_names_the_base_of_its_overlay(
    overlay: Path, found: Callable[[], list[Finding]]
) -> None:
    assert overlay.is_file()

    assert "forms/apply.form" in [
        item.element_id for item in found() if item.rule == "variant-base"
    ]
