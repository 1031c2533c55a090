"""People, posts and units as administrators arrange them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.commands.administering import require_administrator
from engine.commands.manage_people import require_person
from engine.errors import NotFoundError
from engine.queries.held_tasks import held_tasks
from engine.queries.views import (
    PostChangeLine,
    PostLine,
    StaffLine,
    StaffPage,
    StaffPerson,
    UnitLine,
    UnitPage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.model.participants import OrgUnit, Participant

#: Lines of a page of people.
PAGE_SIZE: Final = 50
#: Units that a page shows or proposes.
_UNITS: Final = 200
_WORDS: Final = 5
#: Between name and login in ``StaffPage.after``.
_BETWEEN: Final = "\n"


@dataclass(frozen=True, kw_only=True)
class Staff:
    """People by name.

    Attributes:
        search: words of which each is part of name, login, department or unit.
        after: from ``StaffPage.after``.

    Raises:
        NotAllowedError: not an administrator.
    """

    search: str = ""
    after: str = ""

    def answer(self, services: Services) -> StaffPage:
        """Read a page."""
        require_administrator(services)
        name, _, login = self.after.partition(_BETWEEN)
        place = (name, login) if login else None
        words = self.search.split()[:_WORDS]
        people = services.store.staff.page(words, place, PAGE_SIZE + 1)
        shown = people[:PAGE_SIZE]
        more = len(people) > PAGE_SIZE
        return StaffPage(
            people=_lines(shown, services),
            after=f"{shown[-1].name}{_BETWEEN}{shown[-1].login}" if more else "",
        )


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person with posts, their history, and open tasks.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
    """

    login: str

    def answer(self, services: Services) -> StaffPerson:
        """Read it."""
        require_administrator(services)
        person = require_person(self.login, services)
        roles = role_names(services)
        held, count = held_tasks(person.login, services)
        return StaffPerson(
            login=person.login,
            name=person.name,
            unit=person.unit.code,
            unit_name=person.unit.name,
            department=person.department,
            phone=services.store.staff.phone(person.login),
            leader=person.leader or "",
            active=person.active,
            posts=_posts(person, roles, services),
            changes=_changes(person.login, roles, services),
            held=held,
            held_count=count,
            units=proposed_units(services),
            roles=sorted(roles.items(), key=lambda pair: pair[1]),
        )


@dataclass(frozen=True, kw_only=True)
class UnitList:
    """Units by division and code.

    Raises:
        NotAllowedError: not an administrator.
    """

    search: str = ""

    def answer(self, services: Services) -> Sequence[UnitLine]:
        """Read the first ones."""
        require_administrator(services)
        found = services.store.units.matching(self.search.split()[:_WORDS], _UNITS)
        return _unit_lines(found, services)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One unit.

    Raises:
        NotFoundError: no such unit.
        NotAllowedError: not an administrator.
    """

    code: str

    def answer(self, services: Services) -> UnitPage:
        """Read it."""
        require_administrator(services)
        unit = services.store.identity.unit(self.code)
        if unit is None:
            raise NotFoundError("单位", "unit", self.code)
        units = services.store.units
        leader = services.participant(unit.leader) if unit.leader else None
        parent = services.store.identity.unit(unit.parent) if unit.parent else None
        return UnitPage(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            division=unit.division,
            parent=unit.parent or "",
            parent_name=parent.name if parent else "",
            leader=unit.leader or "",
            leader_name=leader.name if leader else "",
            relations=units.relations(unit.code),
            known_relations=units.known_relations(),
            below=_unit_lines(units.below(unit.code), services),
            people=_lines(services.store.staff.in_unit(unit.code, _UNITS), services),
        )


def role_names(services: Services) -> dict[str, str]:
    """Return ``{role: name in the reader's language}``."""
    english = services.language == "en"
    roles = services.store.identity.roles().values()
    return {role.key: (role.name_en if english else "") or role.name for role in roles}


def proposed_units(services: Services) -> list[tuple[str, str]]:
    """Return ``[(code, name)]`` of units that fields propose."""
    return [(unit.code, unit.name) for unit in services.store.units.matching((), _UNITS)]


def _lines(people: Sequence[Participant], services: Services) -> list[StaffLine]:
    roles = role_names(services)
    return [
        StaffLine(
            login=one.login,
            name=one.name,
            unit=one.unit.name,
            department=one.department,
            posts=list(dict.fromkeys(roles.get(post.role, post.role) for post in one.memberships)),
            active=one.active,
        )
        for one in people
    ]


def _unit_lines(found: Sequence[OrgUnit], services: Services) -> list[UnitLine]:
    parents = services.store.identity.unit_names([one.parent for one in found if one.parent])
    return [
        UnitLine(
            code=one.code,
            name=one.name,
            kind=one.kind,
            division=one.division,
            parent=parents.get(one.parent or "", ""),
        )
        for one in found
    ]


def _posts(person: Participant, roles: Mapping[str, str], services: Services) -> list[PostLine]:
    names = services.store.identity.unit_names([one.unit for one in person.memberships])
    return [
        PostLine(
            role=one.role,
            name=roles.get(one.role, one.role),
            unit=one.unit,
            unit_name=names.get(one.unit, one.unit),
            scope=one.scope_prefix,
            others=services.store.staff.others_in_post(one.role, one.unit, person.login),
        )
        for one in person.memberships
    ]


def _changes(login: str, roles: Mapping[str, str], services: Services) -> list[PostChangeLine]:
    rows = services.store.staff.changes_of(login)
    units = services.store.identity.unit_names([row.unit for row in rows])
    people = services.store.identity.people([row.created_by for row in rows])
    return [
        PostChangeLine(
            key=str(row.key),
            gives=row.gives,
            name=roles.get(row.role, row.role),
            unit_name=units.get(row.unit, row.unit),
            day=row.effective_at.astimezone(OFFICE_ZONE).date(),
            reason=row.reason,
            by=people.get(row.created_by, (row.created_by, "", True))[0],
            state="planned"
            if row.settled_at is None
            else ("cancelled" if row.cancelled else "done"),
        )
        for row in rows
    ]
