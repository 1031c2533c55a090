"""Requests for a new password: how many there were, and whose account is meant."""

from __future__ import annotations

import zlib
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, or_, select

from engine.model.keys import new_key
from engine.store.tables import membership, participant
from handlers.records.tables import recovery_try

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

#: Requests for one code or from one address within an hour (catalogue 56).
MOST: Final = 5
WINDOW: Final = timedelta(hours=1)
SUPPLIER_ROLE: Final = "supplier"
_LONGEST: Final = 40


@dataclass(frozen=True, kw_only=True)
class Try:
    """One request: for which code, from which address, when."""

    uscc: str
    address: str
    at: datetime


def note_try(session: Session, attempt: Try) -> bool:
    """Store a request and tell whether there were ``MOST`` before it within the hour."""
    code = attempt.uscc[:_LONGEST]
    _wait_for_others(session, f"uscc {code}", f"address {attempt.address}")
    since = attempt.at - WINDOW
    recent = (recovery_try.c.counted, recovery_try.c.at > since, recovery_try.c.at <= attempt.at)
    of_code = func.count().filter(recovery_try.c.uscc == code)
    of_address = func.count().filter(recovery_try.c.address == attempt.address)
    counts = session.execute(
        select(of_code.label("code"), of_address.label("address")).where(
            or_(recovery_try.c.uscc == code, recovery_try.c.address == attempt.address), *recent
        )
    ).one()
    too_many = max(counts.code, counts.address) >= MOST
    session.execute(
        insert(recovery_try).values(
            key=new_key(), counted=not too_many, **{**asdict(attempt), "uscc": code}
        )
    )
    return bool(too_many)


def _wait_for_others(session: Session, *subjects: str) -> None:
    """Let requests of the same code or address count one after the other, not each other out."""
    if session.get_bind().dialect.name == "postgresql":
        for lock in sorted({zlib.crc32(subject.encode()) for subject in subjects}):
            session.execute(select(func.pg_advisory_xact_lock(_LOCK_CLASS, _signed(lock))))


#: Keeps these locks apart from others of the same database.
_LOCK_CLASS: Final = 3_501


def _signed(number: int) -> int:
    """Return an unsigned 32-bit number as PostgreSQL's ``integer``."""
    return number - 2**32 if number >= 2**31 else number


def account_of_unit(session: Session, unit: str) -> str:
    """Return the login of a supplier's first active account, ``""`` when it has none."""
    statement = (
        select(func.min(participant.c.login))
        .join(membership, membership.c.participant == participant.c.login)
        .where(participant.c.unit == unit, participant.c.active, membership.c.role == SUPPLIER_ROLE)
    )
    return session.execute(statement).scalar_one_or_none() or ""
