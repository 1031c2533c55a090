"""Whom people have chosen for steps that the matter has not come to yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from engine.store.tables import chosen_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


class ChosenPeople:
    """Choices inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def put(
        self, place: tuple[int, str, str], logins: Sequence[str], by: str, at: datetime
    ) -> None:
        """Keep whom somebody has chosen, instead of an earlier choice.

        Args:
            place: matter, process and user task.
            logins: whom, in order.
            by: who has chosen.
            at: when.
        """
        root_key, process_id, element_id = place
        self.drop(*place)
        rows = [
            {
                "root_key": root_key,
                "process_id": process_id,
                "element_id": element_id,
                "position": position,
                "login": login,
                "chosen_by": by,
                "chosen_at": at,
            }
            for position, login in enumerate(logins)
        ]
        self._session.execute(insert(chosen_person), rows)

    def of_matter(self, root_key: int) -> dict[tuple[str, str], list[str]]:
        """Return the choices by (process, user task)."""
        rows = self._session.execute(
            select(chosen_person)
            .where(chosen_person.c.root_key == root_key)
            .order_by(chosen_person.c.position)
        )
        found: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            found.setdefault((row.process_id, row.element_id), []).append(row.login)
        return found

    def drop(self, root_key: int, process_id: str, element_id: str) -> None:
        """Forget a choice: the matter has come there."""
        self._session.execute(
            delete(chosen_person).where(
                chosen_person.c.root_key == root_key,
                chosen_person.c.process_id == process_id,
                chosen_person.c.element_id == element_id,
            )
        )
