"""What returns have ended, kept until the matter has gone back or on."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from engine.model.work import ReturnSlip
from engine.store.tables import return_slip

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIELDS = tuple(item.name for item in fields(ReturnSlip))


class Returns:
    """Return slips inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, slip: ReturnSlip) -> None:
        """Keep what a return ended."""
        self._session.execute(insert(return_slip).values(**vars(slip)))

    def of(self, work_item_key: int) -> ReturnSlip | None:
        """Return what the return from a work item ended."""
        row = self._session.execute(
            select(return_slip).where(return_slip.c.work_item_key == work_item_key)
        ).one_or_none()
        if row is None:
            return None
        return ReturnSlip(**{name: row._mapping[name] for name in _FIELDS})
