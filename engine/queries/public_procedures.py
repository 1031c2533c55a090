"""Procedures that are open to everybody: which there are, and what is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.catalog import Manifest, bindings
from engine.commands.beginning import newest
from engine.commands.public_form import public_form, public_unit
from engine.queries.views import PublicProcedure, PublicStart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class PublicProcedures:
    """What anybody may start without a log-in, by name.

    Attributes:
        language: ``zh`` or ``en``.
    """

    language: str = "zh"

    def answer(self, services: Services) -> Sequence[PublicProcedure]:
        """List them."""
        rows = services.store.definitions.latest()
        infos = [Manifest.from_json(row.manifest, services.catalog).info for row in rows]
        found = [
            PublicProcedure(process_id=info.id, name=info.name_in(self.language))
            for info in infos
            if info.public_unit
        ]
        return sorted(found, key=lambda item: item.name)


@dataclass(frozen=True, kw_only=True)
class PublicStartQuery:
    """The page on which somebody starts a procedure who has not logged in.

    Attributes:
        process_id: the procedure.
        language: ``zh`` or ``en``.

    Raises:
        NotFoundError: no such procedure is deployed.
        NotAllowedError: it is not open to everybody.
    """

    process_id: str
    language: str = "zh"

    def answer(self, services: Services) -> PublicStart:
        """Read it."""
        _deployment, manifest = newest(self.process_id, services)
        unit = public_unit(manifest, services)
        form = public_form(manifest, unit, services)
        if self.language == "en":
            layers = bindings(manifest, manifest.info.id, unit.division).texts
            form = form.translated(services.catalog.texts(layers))
        return PublicStart(
            process_id=manifest.info.id,
            name=manifest.info.name_in(self.language),
            description=manifest.info.description_in(self.language),
            form=form,
        )
