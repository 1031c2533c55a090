"""Amounts in the forms: the unit's name is translated, so it cannot say what is money."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.databases import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_every_field_in_yuan_is_money() -> None:
    files = sorted((ROOT / "forms").rglob("*.form"))
    fields = [field for file in files for field in in_yuan(json.loads(file.read_text("utf-8")))]

    assert fields
    assert [one["key"] for one in fields if one.get("properties", {}).get("money") != "true"] == []


def in_yuan(part: Any) -> Iterator[dict[str, Any]]:
    """Find the components with 元 behind their value."""
    if isinstance(part, list):
        for one in part:
            yield from in_yuan(one)
    elif isinstance(part, dict):
        if part.get("appearance", {}).get("suffixAdder") == "元":
            yield part
        for inner in part.values():
            yield from in_yuan(inner)
