"""Which dossiers stand in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.open_dossier import readable

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class DossierHead:
    """A dossier in the reader's language.

    Attributes:
        name: in addresses.
        columns: of its list, as shown: name, and whether it holds amounts.
        recorded: whether each look is recorded.
    """

    name: str
    title: str
    columns: tuple[tuple[str, bool], ...]
    recorded: bool


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
                columns=tuple(
                    (column.title.in_language(language), column.amount)
                    for column in one.columns
                    if column.shown
                ),
                recorded=one.recorded,
            )
            for one in readable(services)
        ]
