"""The choices of a form field that a handler offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import read_step
from engine.commands.submission import options_of

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
        step = read_step(services, self.work_item_key)
        step.require_actor()
        return options_of(step, self.lookup, services)
