"""The verbs of votes: a round begins, somebody joins it or leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.errors import TokenGoneError
from engine.bpmn.jumping import Jumping
from engine.bpmn.votes import Ballot, Vote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.bpmn.token import Token
    from engine.bpmn.votes import RoundChange
    from engine.model.voting import Tally, Voter


class Polling(Jumping):
    """An instance with votes."""

    def begin_vote(
        self, token_id: str, voters: Sequence[Voter], round_key: int, *, now: datetime
    ) -> None:
        """Let a round begin that waits for its voters.

        Raises:
            WrongStateError: the token is finished, or its round has begun.
        """
        token = self._machine.tasks.get(token_id)
        spec = token.task_spec if token is not None else None
        if token is None or not isinstance(spec, Vote) or not spec.is_waiting(token):
            raise TokenGoneError(token_id)
        self._machine.set_now(now)
        spec.begin(token, voters, round_key)
        self.run(now)

    def add_voters(self, ballot_id: str, voters: Sequence[Voter], *, now: datetime) -> None:
        """Let more people vote in the round of a ballot.

        Raises:
            WrongStateError: the ballot is cast, or its round has ended.
        """
        scope = self._ballot(ballot_id).parent
        self._machine.set_now(now)
        for voter in voters:
            scope.task_spec.join(scope, voter)
        self.run(now)

    def remove_voters(self, ballot_ids: Sequence[str], *, now: datetime) -> None:
        """Take voters out who have not voted; what is left may decide the round.

        Raises:
            WrongStateError: a ballot is cast, or the round has ended before all were removed.
            ElementError: execution cannot go on at an element; discard the interpreter.
        """
        self._machine.set_now(now)
        for ballot_id in ballot_ids:
            ballot = self._ballot(ballot_id)
            ballot.parent.task_spec.drop(ballot)
        self.run(now)

    def voters_beside(self, ballot_id: str) -> list[str]:
        """Return the logins of everybody who votes in the round of an open ballot.

        Raises:
            WrongStateError: the ballot is cast, or its round has ended.
        """
        scope = self._ballot(ballot_id).parent
        return list(scope.task_spec.voters(scope))

    def tally_of(self, ballot_id: str) -> Tally:
        """Return where the round of an open ballot stands; raises like ``voters_beside``."""
        scope = self._ballot(ballot_id).parent
        tally: Tally = scope.task_spec.tally(scope)
        return tally

    def take_rounds(self) -> tuple[RoundChange, ...]:
        """Return the rounds in which something has happened since the last call."""
        changes = tuple(self._machine.rounds.values())
        self._machine.rounds.clear()
        return changes

    def _ballot(self, token_id: str) -> Token:
        token = self._machine.tasks.get(token_id)
        if token is None or not token.is_live or not isinstance(token.task_spec, Ballot):
            raise TokenGoneError(token_id)
        return token
