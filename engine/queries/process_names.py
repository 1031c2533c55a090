"""The procedures that are deployed, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalog import Manifest

if TYPE_CHECKING:
    from engine.commands.services import Services


def process_names(services: Services) -> dict[str, str]:
    """Return ``{process id: name in the reader's language}``."""
    return {
        row.process_id: Manifest.from_json(row.manifest, services.catalog).info.name_in(
            services.language
        )
        for row in services.store.definitions.latest()
    }
