"""Which dossiers stand in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.open_dossier import readable

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class DossierHead:
    """A dossier in the reader's language: name in addresses, title, columns of its list."""

    name: str
    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dossiers:
    """What the acting person may look through."""

    def answer(self, services: Services) -> list[DossierHead]:
        """Return the heads by name."""
        language = services.language
        return [
            DossierHead(
                name=one.name,
                title=one.title.in_language(language),
                columns=tuple(words.in_language(language) for words in one.columns),
            )
            for one in readable(services)
        ]
