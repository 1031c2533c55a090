"""Finding people: those near a step, those whom somebody searches for, those already named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, literal, or_, select

from engine.store.identity import PERSON, people_of
from engine.store.tables import membership, org_unit, participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from engine.model.participants import Candidate, Participant

_WANTED: Final = PERSON.where(participant.c.login.in_(bindparam("logins", expanding=True)))


class People:
    """Looks people up inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def named(self, logins: Sequence[str]) -> list[Participant]:
        """Return the people with these logins in one statement; unknown ones are left out."""
        if not logins:
            return []
        rows = self._session.execute(_WANTED, {"logins": list(logins)}).all()
        people = {person.login: person for person in people_of(rows)}
        return [people[login] for login in dict.fromkeys(logins) if login in people]

    def called(self, text: str, limit: int = 2) -> list[Participant]:
        """Return the person with this login, else whoever has exactly this name."""
        by_login = self.named([text])
        if by_login:
            return by_login
        return self._some(and_(participant.c.name == text, participant.c.active), limit)

    def near(self, unit: str, candidates: Sequence[Candidate], limit: int) -> list[Participant]:
        """Return active colleagues of ``unit`` and holders of the candidates' posts, by name."""
        named = [one.login for one in candidates if one.login]
        is_near = [participant.c.unit == unit, participant.c.login.in_(named)]
        if candidates:
            holder = select(membership.c.participant).where(or_(*map(_admits, candidates)))
            is_near.append(participant.c.login.in_(holder))
        return self._some(and_(participant.c.active, or_(*is_near)), limit)

    def holders(self, candidates: Sequence[Candidate], limit: int) -> list[Participant]:
        """Return the active holders of the candidates' posts and whom they name, by name."""
        return self._some(is_one_of(candidates), limit)

    def matching(self, words: Sequence[str], limit: int) -> list[Participant]:
        """Return people of whom every word is part of the name, login, department or unit."""
        texts = (participant.c.name, participant.c.login, participant.c.department, org_unit.c.name)
        conditions = [
            or_(*(text.icontains(word, autoescape=True) for text in texts)) for word in words
        ]
        return self._some(and_(*conditions), limit)

    def _some(self, condition: ColumnElement[bool], limit: int) -> list[Participant]:
        order = (participant.c.active.desc(), participant.c.name, participant.c.login)
        chosen = (
            select(participant.c.login)
            .join(org_unit, org_unit.c.code == participant.c.unit)
            .where(condition)
            .order_by(*order)
            .limit(limit)
        )
        people = PERSON.where(participant.c.login.in_(chosen)).order_by(*order)
        return people_of(self._session.execute(people))


def is_one_of(candidates: Sequence[Candidate]) -> ColumnElement[bool]:
    """Return the condition for active holders of the candidates' posts and whom they name."""
    named = [one.login for one in candidates if one.login]
    posts = [_admits(one) for one in candidates if one.role]
    is_one = [participant.c.login.in_(named)]
    if posts:
        held = select(membership.c.participant).where(or_(*posts))
        is_one.append(participant.c.login.in_(held))
    return and_(participant.c.active, or_(*is_one))


def _admits(candidate: Candidate) -> ColumnElement[bool]:
    """Return the condition under which a membership makes its holder this candidate."""
    role = membership.c.role == candidate.role
    covers = literal(candidate.division).startswith(membership.c.scope_prefix)
    if candidate.unit is None:
        return and_(role, covers)
    in_unit = membership.c.unit == candidate.unit
    return and_(role, in_unit, or_(membership.c.scope_prefix.is_(None), covers))
