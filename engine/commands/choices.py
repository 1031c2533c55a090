"""指定下一环节办理人: whom a person has chosen for steps that come, until the matter gets there.

One chosen person has the step from the start, several share it, none leaves it to the step's rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.errors import field_error
from engine.model.choosing import PURPOSES, Pool
from engine.model.voting import Voters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from engine.bpmn import Element
    from engine.commands.services import Services
    from engine.errors import ValidationFailedError

    #: (process id, element id)
    Place = tuple[str, str]

#: Fields of the page are called ``next.<element id>``.
FIELD: Final = "next"


def purpose_of(element: Element) -> str:
    """Return for what people are chosen for a step by whoever does the step before.

    Returns:
        A key of ``PURPOSES``, ``""`` when nobody is asked.
    """
    if element.vote is not None:
        return "vote" if element.vote.voters == Voters.CHOSEN else ""
    what = PURPOSES["next"]
    named = what.property in element.properties
    return "next" if named and Pool.NOBODY not in what.pools(element.properties) else ""


def is_required(element: Element) -> bool:
    """Tell whether somebody has to be chosen."""
    return element.vote is not None or element.properties.get("next.choice") == "required"


def missing(element: Element) -> ValidationFailedError:
    """Return the refusal of a decision that leaves out whom it must name."""
    name = element.name or element.id
    return field_error(
        f"{FIELD}.{element.id}",
        "ERR_REQUIRED",
        f"请选择下一环节“{name}”的人员。",
        f"Choose the people of the next step, “{name}”.",
    )


class Choices:
    """The choices of one matter in one command.

    Attributes:
        asks: a person is there who can be asked for what is missing.
    """

    def __init__(self, root_key: int, services: Services) -> None:
        """Read nothing yet."""
        self._root_key, self._services = root_key, services
        self._given: dict[Place, list[str]] = {}
        self._kept: dict[Place, list[str]] | None = None
        self.asks = False

    def give(self, process_id: str, chosen: Mapping[str, list[str]]) -> None:
        """Add what the person of this command has chosen."""
        self._given |= {(process_id, element_id): some for element_id, some in chosen.items()}

    def take(self, process_id: str, element: Element) -> list[str]:
        """Return whom somebody has chosen for a step that is reached now, and forget it.

        Raises:
            ValidationFailedError: nobody was chosen, but somebody has to be.
        """
        if not purpose_of(element):
            return []
        place = (process_id, element.id)
        logins = self._given.pop(place, None) or self._take_kept(place)
        if not logins and self.asks and is_required(element):
            raise missing(element)
        return logins

    def keep(self) -> None:
        """Store what was chosen for steps that have not been reached yet."""
        for (process_id, element_id), logins in self._given.items():
            self._services.store.choices.put(
                (self._root_key, process_id, element_id),
                logins,
                self._services.actor.login,
                self._services.now,
            )
        self._given = {}

    def withdraw(self, process_id: str, still_ahead: Collection[str]) -> dict[str, list[str]]:
        """Return and forget what was chosen for steps that the matter does not come to any more."""
        gone = {
            element_id: logins
            for (process, element_id), logins in self._given.items()
            if process == process_id and element_id not in still_ahead
        }
        for element_id in gone:
            del self._given[process_id, element_id]
        return gone

    def _take_kept(self, place: Place) -> list[str]:
        if self._kept is None:
            self._kept = self._services.store.choices.of_matter(self._root_key)
        logins = self._kept.pop(place, [])
        if logins:
            self._services.store.choices.drop(self._root_key, *place)
        return logins
