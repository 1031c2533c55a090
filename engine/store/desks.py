"""What a person keeps for the daily work: phrases and a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from engine.store.tables import opinion_phrase, participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


class Desks:
    """Desks inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def phrases(self, login: str) -> list[str]:
        """Return a person's phrases in order."""
        table = opinion_phrase
        statement = (
            select(table.c.text).where(table.c.participant == login).order_by(table.c.position)
        )
        return list(self._session.execute(statement).scalars())

    def put_phrases(self, login: str, phrases: Sequence[str]) -> None:
        """Replace a person's phrases."""
        table = opinion_phrase
        self._session.execute(delete(table).where(table.c.participant == login))
        if phrases:
            self._session.execute(
                insert(table),
                [
                    {"participant": login, "position": position, "text": text}
                    for position, text in enumerate(phrases)
                ],
            )

    def put_signature(self, login: str, sha256: str | None) -> None:
        """Keep the hash of a person's signature, or forget it."""
        self._session.execute(
            update(participant).where(participant.c.login == login).values(signature=sha256)
        )
