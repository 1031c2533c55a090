"""Temporary passwords, and the tries of people who have not logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from engine.model.keys import new_key
from engine.store.conflicts import upsert
from engine.store.tables import public_try, temporary_password

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class TemporaryPassword:
    """A password that opens one session, which can only change it.

    Attributes:
        participant: login.
        password_hash: argon2 hash.
        previous_hash: hash of the password that it took the place of, empty before its use.
        reference: correlation key of whoever issued it and waits for the change.
        issued_at: UTC.
        expires_at: UTC; from then on it is worth nothing, used or not.
        used_at: UTC, ``None`` before its one use.
    """

    participant: str
    password_hash: str
    previous_hash: str = ""
    reference: str = ""
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Tell whether it can still be used."""
        return self.used_at is None and now < self.expires_at


class PublicAccess:
    """Reads and changes them inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def temporary_password(self, login: str) -> TemporaryPassword | None:
        """Return what was issued last and neither changed nor withdrawn, also when it lapsed."""
        row = self._session.execute(
            select(temporary_password).where(temporary_password.c.participant == login)
        ).one_or_none()
        return None if row is None else TemporaryPassword(**row._mapping)

    def issue(self, item: TemporaryPassword) -> None:
        """Store a temporary password; the one before it is worth nothing any more."""
        upsert(self._session, temporary_password, vars(item))

    def use(self, login: str, previous_hash: str, at: datetime) -> bool:
        """Spend it by compare-and-set; ``False`` when it was spent before."""
        result = self._session.execute(
            update(temporary_password)
            .where(
                temporary_password.c.participant == login,
                temporary_password.c.used_at.is_(None),
            )
            .values(used_at=at, previous_hash=previous_hash)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def withdraw(self, login: str, reference: str | None = None) -> None:
        """Remove it, with ``reference`` only if it is the one that was issued for that."""
        statement = delete(temporary_password).where(temporary_password.c.participant == login)
        if reference is not None:
            statement = statement.where(temporary_password.c.reference == reference)
        self._session.execute(statement)

    def add_try(self, process_id: str, address: str, at: datetime) -> None:
        """Remember that somebody started a public procedure."""
        self._session.execute(
            insert(public_try).values(key=new_key(), process_id=process_id, address=address, at=at)
        )

    def tries(self, address: str, since: datetime) -> int:
        """Count the starts from an address after ``since``."""
        statement = (
            select(func.count())
            .select_from(public_try)
            .where(public_try.c.address == address, public_try.c.at > since)
        )
        return int(self._session.execute(statement).scalar_one())
