"""Rounds of votes as the timeline and the task page show them: the tally, and who voted how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.model.states import WorkItemState
from engine.model.voting import RoundState
from engine.queries.views import StepEntry, StepState, VoteView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.model.voting import VoteRound
    from engine.model.work import WorkItem
    from engine.queries.views import PersonView

#: Where the step of a round stands.
ROUND_STATES: Final = {
    RoundState.OPEN: StepState.CURRENT,
    RoundState.PASSED: StepState.DONE,
    RoundState.REJECTED: StepState.DONE,
    RoundState.ENDED: StepState.CANCELLED,
}
_BALLOT_STATES: Final = {
    WorkItemState.COMPLETED: StepState.DONE,
    WorkItemState.CANCELLED: StepState.CANCELLED,
}


def vote_view(one: VoteRound, rounds: Sequence[VoteRound]) -> VoteView:
    """Return a round as people see it; a secret one tells its votes only when it has a result.

    Args:
        one: the round.
        rounds: all of the matter, oldest first.
    """
    same = [
        other.key
        for other in rounds
        if (other.process_id, other.element_id) == (one.process_id, one.element_id)
    ]
    told = not one.secret or one.state in (RoundState.PASSED, RoundState.REJECTED)
    return VoteView(
        number=same.index(one.key) + 1,
        passes=one.passes,
        secret=one.secret,
        sequential=one.sequential,
        state=one.state,
        needed=one.needed,
        total=one.total,
        voters=one.voters,
        cast=one.cast,
        agreed=one.agreed if told else None,
        refused=one.refused if told else None,
        abstained=one.abstained if told else None,
    )


def vote_of(item: WorkItem, rounds: Sequence[VoteRound]) -> VoteView | None:
    """Return the round of a ballot, ``None`` for what is none."""
    one = next((one for one in rounds if one.key == item.round_key), None)
    return None if one is None else vote_view(one, rounds)


def ballot_entry(
    item: WorkItem, actor: Callable[[WorkItem], PersonView], words: Callable[[str], str]
) -> StepEntry:
    """Return one ballot of a round.

    Args:
        item: the ballot.
        actor: gives who has it or has cast it, and for whom.
        words: gives the model's texts in the reader's language.
    """
    voter = actor(item)
    return StepEntry(
        kind="ballot",
        state=_BALLOT_STATES.get(item.state, StepState.CURRENT),
        sender=voter,
        person=voter,
        request="",
        outcome=item.outcome,
        label=words(item.outcome_label),
        opinion=item.opinion,
        sent_at=item.created_at,
        answered_at=item.ended_at if item.ended_by else None,
        weight=item.weight,
        work_item_key=str(item.key),
        signed=item.signature is not None,
    )
