"""What happened under a task: it was handed on, people were asked and have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.model.states import WorkItemKind, WorkItemState
from engine.queries.views import StepEntry, StepState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.model.work import WorkItem
    from engine.queries.views import PersonView

#: Where a part stands; one that waits has not had its turn, but a delegation is under way.
_STATES: Final = {
    WorkItemState.OFFERED: StepState.CURRENT,
    WorkItemState.CLAIMED: StepState.CURRENT,
    WorkItemState.WAITING: StepState.COMING,
    WorkItemState.COMPLETED: StepState.DONE,
    WorkItemState.CANCELLED: StepState.CANCELLED,
}


def entry_of(
    part: WorkItem,
    person: Callable[[str], PersonView],
    actor: Callable[[WorkItem], PersonView],
) -> StepEntry:
    """Return a part as the timeline shows it under its task.

    Args:
        part: a part of a task.
        person: gives somebody's name and unit.
        actor: gives who did or has a part, and for whom.
    """
    state = _STATES[part.state]
    if part.kind is WorkItemKind.TRANSFER:
        return _told(part, actor(part), person(part.owner or ""), part.opinion)
    if part.kind is WorkItemKind.URGE:
        return _told(part, person(part.sender), person(part.assignee or ""), part.request)
    if part.kind is WorkItemKind.DECISION:
        return _decision(part, actor(part))
    if part.kind is WorkItemKind.DELEGATE and state is StepState.COMING:
        state = StepState.CURRENT
    return StepEntry(
        kind=part.kind,
        state=state,
        sender=person(part.sender),
        person=actor(part),
        request=part.request,
        outcome=part.outcome,
        opinion=part.opinion,
        sent_at=part.created_at,
        answered_at=part.ended_at,
    )


def is_pending(part: WorkItem) -> bool:
    """Tell whether a part stands for a decision that waited for signatures and was not refused."""
    return part.kind is WorkItemKind.DECISION and part.state is WorkItemState.COMPLETED


def _told(part: WorkItem, sender: PersonView, person: PersonView, words: str) -> StepEntry:
    """Return what nobody answers: the task was given away, or urged."""
    return StepEntry(
        kind=part.kind,
        state=_STATES[part.state],
        sender=sender,
        person=person,
        request=words,
        outcome="",
        opinion="",
        sent_at=part.created_at,
        answered_at=None,
    )


def _decision(part: WorkItem, decider: PersonView) -> StepEntry:
    """Return a decision that has not taken effect: it waits for signatures, or one was refused."""
    waits = is_pending(part)
    return StepEntry(
        kind=part.kind,
        state=StepState.COMING if waits else StepState.CANCELLED,
        sender=decider,
        person=decider,
        request="",
        outcome=part.outcome_label,
        opinion=part.opinion,
        sent_at=part.created_at,
        answered_at=None,
    )
