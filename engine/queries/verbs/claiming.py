"""认领 and 释放."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.release_work_item import release_refusal
from engine.model.states import WorkItemState
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def claim(here: Situation) -> VerbView:
    """认领."""
    offered = here.step.item.state is WorkItemState.OFFERED
    return VerbView(
        verb="claim", allowed=here.step.verdict.allowed and offered, reason=here.refusal
    )


def release(here: Situation) -> VerbView:
    """释放."""
    claimed = here.step.item.assignee == here.services.actor.login
    return VerbView(verb="release", allowed=claimed and release_refusal(here.step) is None)
