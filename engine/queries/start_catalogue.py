"""发起: what this person may start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn import ElementKind
from engine.catalog import Manifest, bindings
from engine.errors import NoVariantError
from engine.queries.language import translator_of
from engine.queries.views import StartableProcess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.store.definitions import DeploymentRow


@dataclass(frozen=True, kw_only=True)
class StartCatalogue:
    """The procedures that the person's region and role may start, by category and name."""

    def answer(self, services: Services) -> Sequence[StartableProcess]:
        """List them."""
        found = [_startable(row, services) for row in services.store.definitions.latest()]
        return sorted(
            (item for item in found if item is not None),
            key=lambda item: (item.category, item.name),
        )


def _startable(row: DeploymentRow, services: Services) -> StartableProcess | None:
    manifest = Manifest.from_json(row.manifest, services.catalog)
    info, person = manifest.info, services.person
    allowed = any(
        membership.role in info.starters and membership.unit == person.unit.code
        for membership in person.memberships
    )
    if not allowed or not info.covers(person.unit.division):
        return None
    try:
        binding = bindings(manifest, info.id, person.unit.division)
    except NoVariantError:
        return None
    words = translator_of(services, binding, info)
    steps = [
        words(element.name)
        for process_id in [info.id, *(name for name in binding.processes if name != info.id)]
        for element in services.catalog.model(binding.process(process_id)).elements.values()
        if element.kind is ElementKind.USER_TASK
    ]
    return StartableProcess(
        process_id=info.id,
        name=words.process_name,
        category=info.category_in(services.language),
        description=info.description_in(services.language),
        region=binding.region,
        steps=list(dict.fromkeys(steps)),
    )
