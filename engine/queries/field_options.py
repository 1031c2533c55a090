"""The choices of a form field that a handler offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.automatic import matter_facts
from engine.commands.step import read_step
from engine.errors import ConfigurationError
from engine.handler import RecordContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.handler import Option


@dataclass(frozen=True, kw_only=True)
class FieldOptions:
    """What a lookup offers in this matter, e.g. the selectable procurement intentions.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        ConfigurationError: no such lookup.
    """

    work_item_key: str
    lookup: str

    def answer(self, services: Services) -> Sequence[Option]:
        """Ask the lookup."""
        function = services.registry.lookup(self.lookup)
        if function is None:
            raise ConfigurationError(
                f"没有名为“{self.lookup}”的选项来源，请联系管理员。",
                f"There is no lookup {self.lookup!r}; tell an administrator.",
            )
        step = read_step(services, self.work_item_key)
        step.require_actor()
        facts = matter_facts(step.tree, step.node, step.element.id, services)
        return function(RecordContext(matter=facts, session=services.store.session))
