"""退回."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.return_work_item import return_targets
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


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
        allowed=here.step.verdict.allowed and bool(targets) and not here.undecided,
        reason=here.undecided if targets else nothing,
        targets=targets,
    )
