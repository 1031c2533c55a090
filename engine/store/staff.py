"""People and their posts as administrators arrange them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, or_, select, tuple_, update

from engine.store.conflicts import upsert
from engine.store.due_work import post_change_is_due
from engine.store.people import People
from engine.store.tables import membership, org_unit, participant, post_change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from engine.model.participants import Membership, Participant


@dataclass(frozen=True, kw_only=True)
class PostChange:
    """A post that is given or taken; columns of the table."""

    key: int
    participant: str
    role: str
    unit: str
    scope_prefix: str | None
    gives: bool
    effective_at: datetime
    reason: str
    created_at: datetime
    created_by: str
    settled_at: datetime | None = None
    cancelled: bool = False


_FIELDS: Final = tuple(item.name for item in fields(PostChange))
#: Lines of a person's page.
_SHOWN: Final = 100


class Staff:
    """Administration of people inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def page(
        self, words: Sequence[str], after: tuple[str, str] | None, limit: int
    ) -> list[Participant]:
        """Return people of whom every word is part of a text, by name, after (name, login)."""
        texts = (participant.c.name, participant.c.login, participant.c.department, org_unit.c.name)
        statement = select(participant.c.login).join(
            org_unit, org_unit.c.code == participant.c.unit
        )
        for word in words:
            statement = statement.where(
                or_(*(text.icontains(word, autoescape=True) for text in texts))
            )
        if after is not None:
            place = tuple_(participant.c.name, participant.c.login)
            statement = statement.where(place > tuple_(*after))
        order = (participant.c.name, participant.c.login)
        logins = self._session.execute(statement.order_by(*order).limit(limit)).scalars()
        return People(self._session).named(list(logins))

    def phone(self, login: str) -> str:
        """Return a person's telephone number, may be empty."""
        statement = select(participant.c.phone).where(participant.c.login == login)
        return self._session.execute(statement).scalar_one_or_none() or ""

    def create(self, **values: Any) -> None:
        """Store a new person: columns of ``participant``."""
        self._session.execute(insert(participant).values(**values))

    def in_unit(self, code: str, limit: int) -> list[Participant]:
        """Return the people of a unit, active ones first."""
        statement = (
            select(participant.c.login)
            .where(participant.c.unit == code)
            .order_by(participant.c.active.desc(), participant.c.name, participant.c.login)
            .limit(limit)
        )
        return People(self._session).named(list(self._session.execute(statement).scalars()))

    def others_in_post(self, role: str, unit: str, login: str) -> int:
        """Return how many other active people hold a post."""
        rows = self._session.execute(
            select(membership.c.participant)
            .join(participant, participant.c.login == membership.c.participant)
            .where(
                membership.c.role == role,
                membership.c.unit == unit,
                membership.c.participant != login,
                participant.c.active,
            )
        ).all()
        return len(rows)

    def give(self, login: str, post: Membership) -> None:
        """Let a person hold a post, or change its scope."""
        upsert(
            self._session,
            membership,
            {
                "participant": login,
                "role": post.role,
                "unit": post.unit,
                "scope_prefix": post.scope_prefix,
            },
        )

    def take(self, login: str, role: str, unit: str) -> bool:
        """End that a person holds a post; ``False`` when he does not."""
        result = self._session.execute(
            delete(membership).where(
                membership.c.participant == login,
                membership.c.role == role,
                membership.c.unit == unit,
            )
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]

    def add_change(self, row: PostChange) -> None:
        """Store a change of a post."""
        self._session.execute(insert(post_change).values(**vars(row)))

    def change(self, key: int) -> PostChange | None:
        """Return a change of a post."""
        statement = select(post_change).where(post_change.c.key == key)
        row = self._session.execute(statement).one_or_none()
        return None if row is None else _change(row)

    def changes_of(self, login: str) -> list[PostChange]:
        """Return the latest changes of a person's posts, newest first."""
        statement = (
            select(post_change)
            .where(post_change.c.participant == login)
            .order_by(post_change.c.key.desc())
            .limit(_SHOWN)
        )
        return [_change(row) for row in self._session.execute(statement)]

    def due_change(self, now: datetime) -> PostChange | None:
        """Return the first change whose day has come."""
        row = self._session.execute(
            select(post_change)
            .where(post_change_is_due(now))
            .order_by(post_change.c.effective_at, post_change.c.key)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        return None if row is None else _change(row)

    def settle(self, key: int, at: datetime, *, cancelled: bool = False) -> bool:
        """Mark a change as applied or cancelled by compare-and-set."""
        result = self._session.execute(
            update(post_change)
            .where(post_change.c.key == key, post_change.c.settled_at.is_(None))
            .values(settled_at=at, cancelled=cancelled)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def _change(row: Any) -> PostChange:
    return PostChange(**{name: row._mapping[name] for name in _FIELDS})
