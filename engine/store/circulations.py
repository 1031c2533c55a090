"""Who was sent a copy of which matter, and who has read it, inside one unit of work."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from engine.model.circulation import Circulation, Copy
from engine.store.tables import circulated_copy, circulation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_HEAD: Final = tuple(item.name for item in fields(Circulation))
_COPY: Final = tuple(item.name for item in fields(Copy))


class Circulations:
    """Copies inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, head: Circulation, copies: Sequence[Copy]) -> None:
        """Send copies."""
        self._session.execute(insert(circulation).values(**vars(head)))
        self._session.execute(insert(circulated_copy), [vars(copy) for copy in copies])

    def of_matter(self, root_key: int) -> list[tuple[Circulation, Copy]]:
        """Return every copy of a matter with how it was sent, oldest first."""
        statement = (
            select(
                *(circulation.c[name].label(f"head_{name}") for name in _HEAD),
                *(circulated_copy.c[name] for name in _COPY),
            )
            .join(circulation, circulation.c.key == circulated_copy.c.circulation_key)
            .where(circulated_copy.c.root_key == root_key)
            .order_by(circulated_copy.c.key)
        )
        return [
            (
                Circulation(**{name: row._mapping[f"head_{name}"] for name in _HEAD}),
                Copy(**{name: row._mapping[name] for name in _COPY}),
            )
            for row in self._session.execute(statement)
        ]

    def unread_by(self, root_key: int) -> set[str]:
        """Return who has a copy of a matter and has not read it."""
        statement = select(circulated_copy.c.receiver).where(
            circulated_copy.c.root_key == root_key, circulated_copy.c.read_at.is_(None)
        )
        return set(self._session.execute(statement).scalars())

    def has_copy(self, root_key: int, login: str) -> bool:
        """Tell whether a person was ever sent a copy of a matter."""
        statement = (
            select(circulated_copy.c.key)
            .where(circulated_copy.c.root_key == root_key, circulated_copy.c.receiver == login)
            .limit(1)
        )
        return self._session.execute(statement).first() is not None

    def read(self, root_key: int, login: str, at: datetime, comment: str) -> int:
        """Mark a person's unread copies of a matter; returns how many there were."""
        result = self._session.execute(
            update(circulated_copy)
            .where(
                circulated_copy.c.root_key == root_key,
                circulated_copy.c.receiver == login,
                circulated_copy.c.read_at.is_(None),
            )
            .values(read_at=at, comment=comment)
        )
        return int(result.rowcount)  # type: ignore[attr-defined]
