"""Judges open data by the standard's own schemas and its own library."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft4Validator, FormatChecker
from ocdsmerge import Merger
from referencing import Registry
from referencing.jsonschema import DRAFT4

_FOLDER: Final = Path(__file__).parent / "schema"


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def faults(package: Any, schema: str) -> list[str]:
    """Return what OCDS 1.1.5 says against a package, formats of dates and addresses included."""
    release = DRAFT4.create_resource(_schema("release-schema"))
    registry: Registry[Any] = Registry().with_resource(_schema("release-schema")["id"], release)
    validator = Draft4Validator(_schema(schema), registry=registry, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(package)]


def officially_merged(releases: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the compiled release by ocdsmerge with the rules of the release schema."""
    merged: dict[str, Any] = Merger(schema=_schema("release-schema")).create_compiled_release(
        releases
    )
    return merged
