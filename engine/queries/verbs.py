"""The verbs beside the drawn outcomes: which there are at a work item, and why not.

Each is a function ``(Situation) -> VerbView | None`` in ``TASK_VERBS``: ``None`` when the verb does
not exist at this step, a view with a reason when it exists and is not possible now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.return_work_item import return_targets
from engine.model.states import WorkItemState
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

    def said(self, zh: str, en: str) -> str:
        """Return the sentence in the reader's language."""
        return en if self.services.language == "en" else zh

    def name_of(self, login: str | None) -> str:
        """Return a person's name, empty without a login."""
        if not login:
            return ""
        return self.services.store.identity.people([login]).get(login, (login, "", True))[0]


def claim(here: Situation) -> VerbView:
    """认领."""
    offered = here.step.item.state is WorkItemState.OFFERED
    return VerbView(
        verb="claim", allowed=here.step.verdict.allowed and offered, reason=here.refusal
    )


def release(here: Situation) -> VerbView:
    """释放."""
    claimed = here.step.item.assignee == here.services.actor.login
    fixed = here.step.element.properties.get("assignee") == "initiator"
    return VerbView(verb="release", allowed=claimed and not fixed)


def return_to(here: Situation) -> VerbView:
    """退回."""
    targets = [
        (target.element_id, here.words(target.name), here.name_of(target.ended_by))
        for target in return_targets(here.step, list(here.items))
    ]
    nothing = here.said(
        "本流程图内没有可退回的历史环节。", "There is no earlier step to return to."
    )
    return VerbView(
        verb="return",
        allowed=here.step.verdict.allowed and bool(targets),
        reason="" if targets else nothing,
        targets=targets,
    )


#: In the order in which they are shown.
TASK_VERBS: Final[tuple[Callable[[Situation], VerbView | None], ...]] = (
    claim,
    release,
    return_to,
)


def task_verbs(here: Situation) -> list[VerbView]:
    """Return the verbs of a work item, possible or not."""
    return [view for rule in TASK_VERBS if (view := rule(here)) is not None]
