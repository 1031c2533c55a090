"""``variant.toml``: why a region differs, by what right, from when, and from which base."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.catalog.toml_table import TomlTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from engine.errors import Finding


@dataclass(frozen=True, kw_only=True)
class Variant:
    """The record of a region's differences.

    Attributes:
        region: division code, the folder's name.
        name: Chinese name of the region's variant, may be empty.
        reason: why the base does not do.
        legal_source: regulation and article.
        effective_from: first day on which it is in force.
        owner: who answers for it.
        base: ``{file name: SHA-256 of the base's file that it was derived from}``; forms are
            written ``forms/<file name>``.
    """

    region: str
    name: str = ""
    reason: str = ""
    legal_source: str = ""
    effective_from: date | None = None
    owner: str = ""
    base: Mapping[str, str] = field(default_factory=dict)


def read_variant(content: bytes, file: str, region: str) -> tuple[Variant, list[Finding]]:
    """Read ``variant.toml`` of ``region``; returns it with what is wrong."""
    table = TomlTable.parse(content, file)
    variant = Variant(
        region=region,
        name=table.text("name"),
        reason=table.text("reason", required=True),
        legal_source=table.text("legal_source", required=True),
        effective_from=table.day("effective_from", required=True),
        owner=table.text("owner", required=True),
        base=table.pairs("base"),
    )
    table.refuse_rest()
    return variant, table.findings
