"""Was this page submitted before? A repeated submission is shown the first one's outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class AnsweredRequest:
    """The matter that an answered request belongs to, ``""`` for a request never answered.

    The page of a finished work item cannot be read any more, so a second click of 同意 would be
    told that "somebody" was faster. Answers are kept by person and key; nobody sees another's.

    Attributes:
        idempotency_key: the key that the page carries.
    """

    idempotency_key: str

    def answer(self, services: Services) -> str:
        """Look the request up."""
        if not self.idempotency_key:
            return ""
        found = services.store.records.answered(services.actor.login, self.idempotency_key)
        return str(found[2].get("instance_key", "")) if found is not None else ""
