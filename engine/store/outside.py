"""One-time links inside one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from engine.model.outside import OutsideLink
from engine.store.tables import outside_link

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class OutsideLinks:
    """Links of parties outside of the office."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, link: OutsideLink) -> None:
        """Keep a link."""
        self._session.execute(insert(outside_link).values(**vars(link)))

    def find(self, token_hash: str) -> OutsideLink | None:
        """Return the link with this hash."""
        row = self._session.execute(
            select(outside_link).where(outside_link.c.token_hash == token_hash)
        ).one_or_none()
        return None if row is None else OutsideLink(**row._mapping)

    def parties(self, root_key: int) -> dict[int, str]:
        """Return the names of the receivers in a matter, by the part that waits for them."""
        rows = self._session.execute(
            select(outside_link.c.work_item_key, outside_link.c.party).where(
                outside_link.c.root_key == root_key
            )
        )
        return {row.work_item_key: row.party for row in rows}
