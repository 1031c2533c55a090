"""Units, people, roles, relations between units and log-in sessions."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.store.conflicts import upsert
from engine.store.tables import (
    membership,
    org_relation,
    org_unit,
    participant,
    role,
    web_session,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


_LEAVE_POSTS: Final = delete(membership).where(membership.c.participant == bindparam("person"))


def put_org_unit(session: Session, *units: OrgUnit) -> None:
    """Create or change units."""
    upsert(session, org_unit, *(vars(unit) for unit in units))


def put_org_relation(session: Session, unit: str, relation: str, office: str) -> None:
    """Say that ``office`` serves ``unit`` (and its subordinates) as ``relation``."""
    upsert(session, org_relation, {"unit": unit, "relation": relation, "office": office})


def put_role(session: Session, item: Role) -> None:
    """Create or change a role."""
    upsert(session, role, {"key": item.key, "name": item.name, "name_en": item.name_en})


def put_participant(
    session: Session, *people: Participant, password_hash: str, phone: str = ""
) -> None:
    """Create or change people with all their memberships.

    Args:
        session: the open transaction.
        people: units by code, memberships complete.
        password_hash: argon2 hash, see ``engine.commands.passwords``.
        phone: digits, may be empty.
    """
    known = {"password_hash": password_hash, "phone": phone}
    upsert(session, participant, *(_person_row(person) | known for person in people))
    session.execute(_LEAVE_POSTS, [{"person": person.login} for person in people])
    posts = [vars(post) | {"participant": one.login} for one in people for post in one.memberships]
    if posts:
        session.execute(insert(membership), posts)


def _person_row(person: Participant) -> dict[str, Any]:
    return {
        "login": person.login,
        "name": person.name,
        "unit": person.unit.code,
        "department": person.department,
        "active": person.active,
        "language": person.language,
        "leader": person.leader,
    }


# Statements of every completion are built once: building one costs as much as running it.
#: A person with unit and memberships, one row per membership, without a condition.
PERSON: Final = (
    select(
        participant,
        org_unit.c.code,
        org_unit.c.name.label("unit_name"),
        org_unit.c.parent,
        org_unit.c.kind,
        org_unit.c.division,
        org_unit.c.leader.label("unit_leader"),
        membership.c.role,
        membership.c.unit.label("role_unit"),
        membership.c.scope_prefix,
    )
    .join(org_unit, org_unit.c.code == participant.c.unit)
    .outerjoin(membership, membership.c.participant == participant.c.login)
)
_PERSON_NAMES: Final = tuple(PERSON.selected_columns.keys())
#: The same columns beside those of another table, see ``person_beside``.
PERSON_COLUMNS: Final = tuple(
    column.label(f"person_{column.name}") for column in PERSON.selected_columns
)
_PERSON: Final = PERSON.where(participant.c.login == bindparam("person"))


def unit_of(row: Any) -> OrgUnit:
    """Return the unit of a row with all columns of its table."""
    return OrgUnit(
        code=row.code,
        name=row.name,
        parent=row.parent,
        kind=row.kind,
        division=row.division,
        leader=row.leader,
    )


def participant_of(rows: Sequence[Any]) -> Participant:
    """Return the person that rows of ``PERSON`` describe; there is at least one row."""
    first = rows[0]
    posts = {(row.role, row.role_unit): row for row in rows if row.role is not None}
    return Participant(
        login=first.login,
        name=first.name,
        unit=OrgUnit(
            code=first.code,
            name=first.unit_name,
            parent=first.parent,
            kind=first.kind,
            division=first.division,
            leader=first.unit_leader,
        ),
        department=first.department,
        memberships=tuple(
            Membership(role=role, unit=unit, scope_prefix=row.scope_prefix)
            for (role, unit), row in sorted(posts.items())
        ),
        active=first.active,
        language=first.language,
        signature=first.signature,
        must_change_password=first.must_change_password,
        leader=first.leader,
    )


def person_beside(row: Any) -> SimpleNamespace:
    """Return a row as of ``PERSON`` from one that ends with ``PERSON_COLUMNS``."""
    return SimpleNamespace(**dict(zip(_PERSON_NAMES, row[-len(_PERSON_NAMES) :], strict=True)))


def people_of(rows: Iterable[Any]) -> list[Participant]:
    """Return everybody whom rows of ``PERSON`` describe, each once.

    Rows may come in any order and several times; one without a person is skipped.
    """
    found: dict[str, list[Any]] = {}
    for row in rows:
        if row.login is not None:
            found.setdefault(row.login, []).append(row)
    return [participant_of(group) for group in found.values()]


class Identity:
    """Reads and changes people and units inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def participant(self, login: str) -> Participant | None:
        """Return the person with unit and memberships in one statement, ``None`` if unknown."""
        rows = self._session.execute(_PERSON, {"person": login}).all()
        return participant_of(rows) if rows else None

    def unit(self, code: str) -> OrgUnit | None:
        """Return a unit."""
        row = self._session.execute(select(org_unit).where(org_unit.c.code == code)).one_or_none()
        return None if row is None else unit_of(row)

    def unit_names(self, codes: Sequence[str]) -> dict[str, str]:
        """Return ``{code: name}``."""
        statement = select(org_unit.c.code, org_unit.c.name).where(org_unit.c.code.in_(codes))
        return {row.code: row.name for row in self._session.execute(statement)}

    def roles(self) -> dict[str, Role]:
        """Return all roles by key."""
        return {
            row.key: Role(key=row.key, name=row.name, name_en=row.name_en)
            for row in self._session.execute(select(role))
        }

    def people(self, logins: Sequence[str]) -> dict[str, tuple[str, str, bool]]:
        """Return ``{login: (name, unit name, active)}``."""
        statement = (
            select(
                participant.c.login,
                participant.c.name,
                participant.c.active,
                org_unit.c.name.label("unit_name"),
            )
            .join(org_unit, org_unit.c.code == participant.c.unit)
            .where(participant.c.login.in_(set(logins)))
        )
        return {
            row.login: (row.name, row.unit_name, row.active)
            for row in self._session.execute(statement)
        }

    def holders(self, roles: Sequence[str]) -> list[tuple[str, str, str, Membership]]:
        """Return ``[(login, name, unit name, membership)]`` of active holders of ``roles``."""
        statement = (
            select(
                participant.c.login,
                participant.c.name,
                org_unit.c.name.label("unit_name"),
                membership.c.role,
                membership.c.unit,
                membership.c.scope_prefix,
            )
            .join(participant, participant.c.login == membership.c.participant)
            .join(org_unit, org_unit.c.code == membership.c.unit)
            .where(membership.c.role.in_(set(roles)), participant.c.active)
            .order_by(participant.c.login)
        )
        return [
            (
                row.login,
                row.name,
                row.unit_name,
                Membership(role=row.role, unit=row.unit, scope_prefix=row.scope_prefix),
            )
            for row in self._session.execute(statement)
        ]

    def credentials(self, login: str) -> tuple[str, int, datetime | None, bool] | None:
        """Return (password hash, failed log-ins, locked until, active), ``None`` if unknown."""
        row = self._session.execute(
            select(
                participant.c.password_hash,
                participant.c.failed_logins,
                participant.c.locked_until,
                participant.c.active,
            ).where(participant.c.login == login)
        ).one_or_none()
        return None if row is None else (row[0], row[1], row[2], row[3])

    def change_participant(self, login: str, **values: Any) -> None:
        """Set columns of a person."""
        self._session.execute(
            update(participant).where(participant.c.login == login).values(**values)
        )

    def open_session(self, values: WebSession) -> None:
        """Store a log-in session."""
        self._session.execute(insert(web_session).values(**vars(values)))

    def session_owner(self, token_hash: str, now: datetime) -> str | None:
        """Return the login of a live session."""
        return self._session.execute(
            select(web_session.c.participant).where(
                web_session.c.token_hash == token_hash, web_session.c.expires_at > now
            )
        ).scalar_one_or_none()

    def close_session(self, token_hash: str) -> None:
        """End one session."""
        self._session.execute(delete(web_session).where(web_session.c.token_hash == token_hash))

    def close_sessions_of(self, login: str) -> None:
        """End all sessions of a person, e.g. after a change of password."""
        self._session.execute(delete(web_session).where(web_session.c.participant == login))


@dataclass(frozen=True)
class WebSession:
    """A log-in session; ``token_hash`` is the hex SHA-256 of the token in the cookie."""

    token_hash: str
    participant: str
    created_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
