"""A multi-instance user task with ``vote.pass``: its instances are ballots, the rule ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.activities import UserTask
from engine.bpmn.loops import COUNTER, STARTED_COUNT, Loop
from engine.bpmn.token import COMPLETED
from engine.model.voting import Choice, RoundState, Tally, Voter, VoteRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.bpmn.token import Token

#: Keys of the body's internal data: the round, the tally, and everybody who votes in it.
ROUND: Final = "vr"
_TALLY: Final = "vt"
_VOTERS: Final = "vv"
#: Local variables of a ballot.
VOTER: Final = "voter"
WEIGHT: Final = "voteWeight"


@dataclass(frozen=True)
class RoundChange:
    """Where a round stands after something has happened.

    Attributes:
        round_key: the round.
        element_id: the vote.
        tally: its votes.
        state: open, or how it ended.
    """

    round_key: int
    element_id: str
    tally: Tally
    state: RoundState


class Ballot(UserTask):
    """One voter's task; what he said enters the tally and nothing else."""

    def accepted(self, _result: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return nothing: a ballot writes no variables."""
        return {}

    def write_outputs(self, token: Token, _accepted: Mapping[str, Any]) -> None:
        """Write mapped outputs without the voter's choice."""
        result = {name: value for name, value in token.result.items() if name != "outcome"}
        if self.writes:
            token.result, kept = result, token.result
            super().write_outputs(token, {})
            token.result = kept


class Vote(Loop):
    """Waits for its voters (``begin``), then for their votes, until the rule has decided."""

    inner: Ballot

    def __init__(self, *arguments: Any) -> None:
        """Read the rule."""
        super().__init__(*arguments)
        self.rule = VoteRule.of(self.element.properties) or VoteRule("all")

    def perform(self, token: Token) -> None:
        """Remember whom the model names; the voters come from outside."""
        self.inner.person.arm(token)

    def is_waiting(self, token: Token) -> bool:
        """Tell whether a round needs its voters."""
        return ROUND not in token.internal_data

    def begin(self, token: Token, voters: Iterable[Voter], round_key: int) -> None:
        """Give every voter a ballot, or the first one where they vote one after the other."""
        token.internal_data.update({ROUND: round_key, STARTED_COUNT: 0, _VOTERS: []})
        token.data.update(nrOfInstances=0, nrOfActiveInstances=0, nrOfCompletedInstances=0)
        self._keep(token, Tally())
        for voter in voters:
            self.join(token, voter)

    def join(self, token: Token, voter: Voter) -> None:
        """Add a voter to the round; the last one where they vote one after the other."""
        self._keep(token, self.tally(token).joined(voter.weight))
        token.data["nrOfInstances"] += 1
        known = token.internal_data[_VOTERS]
        token.internal_data[_VOTERS] = [*known, [voter.login, voter.weight]]
        if not self.facts.sequential or not token.data["nrOfActiveInstances"]:
            self._start_next(token)

    def drop(self, ballot: Token) -> None:
        """Take a voter who has not voted out of the round."""
        scope, weight = ballot.parent, ballot.data[WEIGHT]
        scope.workflow.cancel_token(ballot)
        left = list(scope.internal_data[_VOTERS])
        left.remove([ballot.data[VOTER], weight])
        started = scope.internal_data[STARTED_COUNT] - 1
        scope.internal_data.update({_VOTERS: left, STARTED_COUNT: started})
        scope.data["nrOfInstances"] -= 1
        scope.data["nrOfActiveInstances"] -= 1
        self._keep(scope, self.tally(scope).left_by(weight))
        self._go_on(scope)

    def tally(self, token: Token) -> Tally:
        """Return where the round stands."""
        return Tally(**token.internal_data[_TALLY])

    def voters(self, token: Token) -> list[str]:
        """Return the logins of everybody who votes in the round, also of those who have voted."""
        return [login for login, _weight in token.internal_data[_VOTERS]]

    def child_ended(self, scope: Token, child: Token) -> None:
        """Count a vote; end as soon as the rule has decided."""
        if child.task_spec is not self.inner or child._state != COMPLETED:
            return
        choice = Choice(child.result["outcome"])
        self._keep(scope, self.tally(scope).counted(choice, child.data[WEIGHT]))
        scope.data["nrOfActiveInstances"] -= 1
        scope.data["nrOfCompletedInstances"] += 1
        self._go_on(scope)

    def completed(self, token: Token) -> int:
        """Return how many have voted."""
        return int(token.data["nrOfCompletedInstances"])

    def note_put_back(self, token: Token) -> None:
        """Go on with a round that a return had broken off."""
        if not self.is_waiting(token):
            self._tell(token, RoundState.OPEN)

    def _on_cancel(self, token: Token) -> None:
        super()._on_cancel(token)
        if not self.is_waiting(token):
            self._tell(token, RoundState.ENDED)

    def _start_next(self, token: Token) -> None:
        number = token.internal_data[STARTED_COUNT] + 1
        login, weight = token.internal_data[_VOTERS][number - 1]
        token.internal_data[STARTED_COUNT] = number
        token.data["nrOfActiveInstances"] += 1
        self.start_instance(token, {COUNTER: number, VOTER: login, WEIGHT: weight})

    def _go_on(self, scope: Token) -> None:
        tally = self.tally(scope)
        passed = self.rule.verdict(tally)
        if passed is not None:
            self._tell(scope, RoundState.PASSED if passed else RoundState.REJECTED)
            result = {"passed": passed, "needed": self.rule.needed(tally.total), **vars(tally)}
            scope.workflow.assign(scope.parent, self.rule.result, result)
            scope.complete()
        elif not scope.data["nrOfActiveInstances"]:
            self._start_next(scope)

    def _keep(self, token: Token, tally: Tally) -> None:
        token.internal_data[_TALLY] = dict(vars(tally))
        self._tell(token, RoundState.OPEN)

    def _tell(self, token: Token, state: RoundState) -> None:
        change = RoundChange(token.internal_data[ROUND], self.element.id, self.tally(token), state)
        token.workflow.rounds[change.round_key] = change
