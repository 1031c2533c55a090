"""认领, 释放 and 回避."""

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


def recuse(here: Situation) -> VerbView | None:
    """回避, by the person himself; the initiator's own step is nobody else's."""
    own = here.step.element.properties.get("assignee") == "initiator"
    if own or here.step.verdict.on_behalf_of:
        return None
    return VerbView(verb="recuse", allowed=here.step.verdict.allowed, reason=here.refusal)
