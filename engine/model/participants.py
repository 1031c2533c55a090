"""Who may act: participants, their roles and the units they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Role of whoever looks after people, incidents and the matters of others.
ADMIN_ROLE: Final = "admin"


@dataclass(frozen=True, kw_only=True)
class OrgUnit:
    """An organisation.

    Attributes:
        code: stable code such as ``410100-JY01``.
        name: Chinese name.
        parent: code of the superior unit, ``None`` at the top.
        kind: what it is in the administration, e.g. ``采购单位``.
        division: GB/T 2260 code of its finance level, 6 digits; this is the region.
        leader: login of the person who leads it, ``None`` when nobody is named.
    """

    code: str
    name: str
    parent: str | None
    kind: str
    division: str
    leader: str | None = None


@dataclass(frozen=True, kw_only=True)
class Role:
    """A post that people hold, e.g. ``biz_first`` 业务处室初审岗."""

    key: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Membership:
    """One role held in one unit.

    Attributes:
        role: role key.
        unit: code of the unit in which the role is held.
        scope_prefix: ``None`` = serves its own unit's concerns only; otherwise serves every unit
            whose division code starts with it (catalogue 0.6).
    """

    role: str
    unit: str
    scope_prefix: str | None = None

    def covers(self, division: str) -> bool:
        """Tell whether this membership serves units of ``division`` by its scope."""
        return self.scope_prefix is not None and division.startswith(self.scope_prefix)


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A person who can log in and act.

    Attributes:
        login: unique account name.
        name: name shown to others.
        unit: the unit this person belongs to.
        department: name of the department inside the unit, may be empty.
        memberships: the roles this person holds.
        active: a disabled person can neither log in nor get work.
        language: ``zh`` or ``en``.
        signature: hex SHA-256 of the image of the signature, ``None`` without one.
        must_change_password: can do nothing before the password is changed.
        leader: login of the direct leader; without one the unit's leader leads.
    """

    login: str
    name: str
    unit: OrgUnit
    department: str = ""
    memberships: tuple[Membership, ...] = ()
    active: bool = True
    language: str = "zh"
    signature: str | None = None
    must_change_password: bool = False
    leader: str | None = None

    def has_role(self, role: str) -> bool:
        """Tell whether the person holds ``role`` anywhere."""
        return any(membership.role == role for membership in self.memberships)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One group of people who may take a work item.

    Attributes:
        role: role key they must hold.
        unit: unit in which they must hold it; ``None`` = any unit whose scope covers ``division``.
        division: division of the unit that the matter belongs to.
        login: a person named by the model; then the role does not matter.
    """

    role: str
    unit: str | None
    division: str
    login: str = ""

    def names(self, person: Participant) -> bool:
        """Tell whether the model names this person."""
        return bool(self.login) and self.login == person.login

    def admits(self, membership: Membership) -> bool:
        """Tell whether ``membership`` makes its holder a candidate."""
        if self.login or membership.role != self.role:
            return False
        if self.unit is None:
            return membership.covers(self.division)
        in_unit = membership.unit == self.unit
        return in_unit and (membership.scope_prefix is None or membership.covers(self.division))

    def takes(self, person: Participant) -> bool:
        """Tell whether the person is named or holds the post."""
        return self.names(person) or any(self.admits(one) for one in person.memberships)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who issues a command, and from where.

    Attributes:
        login: account name; ``system`` for workers and the command line.
        address: IP address for the audit trail, empty when there is none.
    """

    login: str
    address: str = ""

    @property
    def is_program(self) -> bool:
        """Whether no person acts: a worker, the command line, an outside system's message."""
        return self.login == "system" or self.login.startswith(PARTNER_PREFIX)


#: How the login of an outside system begins; what follows is the partner's name.
PARTNER_PREFIX = "partner:"
SYSTEM = Actor(login="system")
#: Somebody who has not logged in, at the pages that are open to everybody.
PUBLIC = Actor(login="public")
