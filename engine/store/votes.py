"""Rounds of votes: their rule and where they stand."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from engine.model.voting import RoundState, Tally, VoteRound
from engine.store.tables import vote_round

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_FIELDS: Final = tuple(item.name for item in fields(VoteRound))


class Votes:
    """Rounds inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, begun: VoteRound, at: datetime) -> None:
        """Insert a round."""
        values: dict[str, Any] = {**vars(begun), "ended_at": _end(begun.state, at)}
        self._session.execute(insert(vote_round), values)

    def save(self, key: int, tally: Tally, state: RoundState, needed: int, at: datetime) -> None:
        """Write where a round stands; one that a return had ended can go on."""
        values = {**vars(tally), "state": state, "needed": needed, "ended_at": _end(state, at)}
        self._session.execute(update(vote_round).where(vote_round.c.key == key).values(values))

    def of_matter(self, root_key: int) -> list[VoteRound]:
        """Return the rounds of a matter, oldest first."""
        rows = self._session.execute(
            select(vote_round).where(vote_round.c.root_key == root_key).order_by(vote_round.c.key)
        )
        return [_round(row) for row in rows]


def _end(state: RoundState, at: datetime) -> datetime | None:
    return None if state is RoundState.OPEN else at


def _round(row: Any) -> VoteRound:
    values = {name: row._mapping[name] for name in _FIELDS}
    return VoteRound(**{**values, "state": RoundState(values["state"])})
