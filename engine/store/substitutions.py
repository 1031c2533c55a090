"""Who stands in for whom, and when (代理)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, or_, select, update

from engine.model.duties import Substitution
from engine.store.identity import PERSON, participant_of
from engine.store.tables import participant, substitution
from engine.store.tables.schema import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from engine.model.participants import Participant

_FIELDS: Final = tuple(item.name for item in fields(Substitution))
#: Lines of a person's page.
_SHOWN: Final = 100
_concerned: Final = or_(
    substitution.c.principal == bindparam("login"), substitution.c.substitute == bindparam("login")
)
_now: Final = bindparam("now", type_=UtcDateTime)
_UNENDED: Final = (
    select(substitution)
    .where(_concerned, substitution.c.revoked_at.is_(None), substitution.c.ends_at > _now)
    .order_by(substitution.c.starts_at, substitution.c.key)
)
# Read with every list of everybody, so it is built once.
_CURRENT: Final = _UNENDED.where(substitution.c.starts_at <= _now)
_PRINCIPALS: Final = (
    PERSON.add_columns(*(substitution.c[name].label(f"scope_{name}") for name in _FIELDS))
    .join(substitution, substitution.c.principal == participant.c.login)
    .where(
        substitution.c.substitute == bindparam("login"),
        substitution.c.revoked_at.is_(None),
        substitution.c.starts_at <= _now,
        substitution.c.ends_at > _now,
    )
)


class Substitutions:
    """Substitutions inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, row: Substitution) -> None:
        """Store a substitution."""
        self._session.execute(insert(substitution).values(**vars(row)))

    def get(self, key: int) -> Substitution | None:
        """Return a substitution."""
        statement = select(substitution).where(substitution.c.key == key)
        row = self._session.execute(statement).one_or_none()
        return None if row is None else _substitution(row)

    def current(self, login: str, now: datetime) -> list[Substitution]:
        """Return what is in force with this person as principal or substitute."""
        rows = self._session.execute(_CURRENT, {"login": login, "now": now})
        return [_substitution(row) for row in rows]

    def principals(self, login: str, now: datetime) -> list[tuple[Substitution, Participant]]:
        """Return for whom a person stands in now, in one statement."""
        rows: dict[int, list[Any]] = {}
        for row in self._session.execute(_PRINCIPALS, {"login": login, "now": now}):
            rows.setdefault(row.scope_key, []).append(row)
        found = [
            (
                Substitution(**{name: some[0]._mapping[f"scope_{name}"] for name in _FIELDS}),
                participant_of(some),
            )
            for some in rows.values()
        ]
        return sorted(found, key=lambda one: (one[0].starts_at, one[0].key))

    def standing_in(self, principals: Collection[str], now: datetime) -> list[Substitution]:
        """Return what is in force with one of these people as principal."""
        statement = select(substitution).where(
            substitution.c.principal.in_(principals),
            substitution.c.revoked_at.is_(None),
            substitution.c.starts_at <= now,
            substitution.c.ends_at > now,
        )
        return [_substitution(row) for row in self._session.execute(statement)]

    def unended(self, login: str, now: datetime) -> list[Substitution]:
        """Return what is in force or will be, with this person as principal or substitute."""
        rows = self._session.execute(_UNENDED, {"login": login, "now": now})
        return [_substitution(row) for row in rows]

    def of(self, login: str) -> list[Substitution]:
        """Return the latest substitutions of a person, also past and revoked ones."""
        statement = (
            select(substitution)
            .where(_concerned)
            .order_by(substitution.c.starts_at.desc(), substitution.c.key.desc())
            .limit(_SHOWN)
        )
        return [_substitution(row) for row in self._session.execute(statement, {"login": login})]

    def revoke(self, key: int, login: str, at: datetime) -> bool:
        """End a substitution by compare-and-set; ``False`` when it was revoked or has ended."""
        result = self._session.execute(
            update(substitution)
            .where(
                substitution.c.key == key,
                substitution.c.revoked_at.is_(None),
                substitution.c.ends_at > at,
            )
            .values(revoked_at=at, revoked_by=login)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def _substitution(row: Any) -> Substitution:
    return Substitution(**{name: row._mapping[name] for name in _FIELDS})
