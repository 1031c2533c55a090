"""What decides about a verb of a work item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.deciding import decision_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.work import WorkItem
    from engine.queries.language import Translator


@dataclass(frozen=True)
class Situation:
    """What decides about a verb.

    Attributes:
        step: the work item in its matter.
        items: every work item of the matter, oldest first.
        words: the model's texts in the reader's language.
        services: the query's.
    """

    step: Step
    items: Sequence[WorkItem]
    words: Translator
    services: Services

    @property
    def refusal(self) -> str:
        """Why the reader may not act, in the reader's language; empty when allowed."""
        verdict = self.step.verdict
        return self.said(verdict.reason_zh, verdict.reason_en)

    @property
    def parts(self) -> Sequence[WorkItem]:
        """The parts of the task, oldest first."""
        return [item for item in self.items if item.parent_key == self.step.item.key]

    @property
    def siblings(self) -> Sequence[WorkItem]:
        """The parts of the same task as this part, itself included."""
        return [item for item in self.items if item.parent_key == self.step.item.parent_key]

    @property
    def undecided(self) -> str:
        """Why the task cannot be decided now, in the reader's language; empty when it can."""
        refusal = decision_refusal(self.step, self.parts, self.services)
        return refusal.message(self.services.language) if refusal else ""

    def said(self, zh: str, en: str) -> str:
        """Return the sentence in the reader's language."""
        return en if self.services.language == "en" else zh

    def name_of(self, login: str | None) -> str:
        """Return a person's name, empty without a login."""
        if not login:
            return ""
        return self.services.store.identity.people([login]).get(login, (login, "", True))[0]
