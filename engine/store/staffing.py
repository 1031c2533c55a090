"""Finds the unit whose people are asked, and whether anybody there fits, in one statement."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, and_, bindparam, literal, null, or_, select

from engine.model.places import Place, PlaceKind, Staff
from engine.store.tables import membership, org_relation, org_unit, participant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import CTE, ColumnElement, Select
    from sqlalchemy.orm import Session


def _chain() -> CTE:
    """Return the unit ``of_unit`` and its superiors with their distance."""
    chain = (
        select(org_unit.c.code, org_unit.c.parent, literal(0).label("depth"))
        .where(org_unit.c.code == bindparam("of_unit"))
        .cte("chain", recursive=True)
    )
    above = select(org_unit.c.code, org_unit.c.parent, chain.c.depth + 1).join(
        chain, org_unit.c.code == chain.c.parent
    )
    return chain.union_all(above)


def _above() -> ColumnElement[Any]:
    chain = _chain()
    return select(chain.c.code).where(chain.c.depth == bindparam("levels")).scalar_subquery()


def _office() -> ColumnElement[Any]:
    chain = _chain()
    return (
        select(org_relation.c.office)
        .join(chain, org_relation.c.unit == chain.c.code)
        .where(org_relation.c.relation == bindparam("relation"))
        .order_by(chain.c.depth)
        .limit(1)
        .scalar_subquery()
    )


_PLACES: Final[dict[PlaceKind, Callable[[], ColumnElement[Any]]]] = {
    PlaceKind.UNIT: lambda: bindparam("of_unit", type_=String),
    PlaceKind.ABOVE: _above,
    PlaceKind.OFFICE: _office,
    PlaceKind.COVERING: lambda: null().cast(String),
}


@lru_cache(maxsize=256)
def _staff(kind: PlaceKind, roles: int, barred: int) -> Select[Any]:
    """Return the question for so many roles and barred people.

    Built once each, since building a statement costs as much as running it; a list of values
    would be written into the statement anew each time.
    """
    place = select(_PLACES[kind]().label("code")).subquery("place")
    covers = bindparam("division", type_=String).startswith(membership.c.scope_prefix)
    at_unit = and_(
        membership.c.unit == place.c.code, or_(membership.c.scope_prefix.is_(None), covers)
    )
    somebody = (
        select(membership.c.participant)
        .join(participant, participant.c.login == membership.c.participant)
        .where(
            membership.c.role.in_([bindparam(f"role_{number}") for number in range(roles)]),
            participant.c.active,
            participant.c.login.not_in([bindparam(f"barred_{number}") for number in range(barred)]),
            or_(at_unit, and_(place.c.code.is_(None), covers)),
        )
        .order_by(membership.c.participant)
        .limit(1)
        .correlate(place)
        .scalar_subquery()
    )
    return select(place.c.code.label("unit"), somebody.label("somebody"))


class Staffing:
    """Looks for people by post inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session
        self._found: dict[tuple[object, ...], Staff] = {}

    def staff(self, place: Place, roles: Sequence[str], barred: Collection[str] = ()) -> Staff:
        """Return the unit of ``place`` and one active holder of ``roles`` who is not ``barred``.

        Asked once per unit of work: the instances of a countersign look for the same people.
        """
        key = (place, tuple(roles), frozenset(barred))
        if key not in self._found:
            self._found[key] = self._look_for(place, roles, barred)
        return self._found[key]

    def _look_for(self, place: Place, roles: Sequence[str], barred: Collection[str]) -> Staff:
        values = {
            "of_unit": place.unit,
            "levels": place.levels,
            "relation": place.relation,
            "division": place.division,
            **{f"role_{number}": role for number, role in enumerate(roles)},
            **{f"barred_{number}": login for number, login in enumerate(sorted(barred))},
        }
        statement = _staff(place.kind, len(roles), len(barred))
        row = self._session.execute(statement, values).one()
        return Staff(unit=row.unit, somebody=row.somebody)

    def active(self, logins: Collection[str]) -> set[str]:
        """Return which of these people can log in and work."""
        if not logins:
            return set()
        statement = select(participant.c.login).where(
            participant.c.login.in_(set(logins)), participant.c.active
        )
        return set(self._session.execute(statement).scalars())

    def led_by(self, leader: str, logins: Collection[str]) -> set[str]:
        """Return which of these people ``leader`` leads: their own leader's, or their unit's."""
        if not logins:
            return set()
        units = select(org_unit.c.code).where(org_unit.c.leader == leader)
        statement = select(participant.c.login).where(
            participant.c.login.in_(set(logins)),
            or_(participant.c.leader == leader, participant.c.unit.in_(units)),
        )
        return set(self._session.execute(statement).scalars())

    def is_empty(self) -> bool:
        """Tell whether the installation has no people at all."""
        return self._session.execute(select(participant.c.login).limit(1)).first() is None

    def leader_of(self, login: str) -> str | None:
        """Return the direct leader: the person's own, else the nearest other leader above.

        The leader of the person's unit leads, unless that is the person; then the leader of the
        superior unit does.
        """
        person = self._session.execute(
            select(participant.c.unit, participant.c.leader).where(participant.c.login == login)
        ).one_or_none()
        if person is None or person.leader:
            return person.leader if person else None
        chain = _chain()
        leaders = self._session.execute(
            select(org_unit.c.leader)
            .join(chain, chain.c.code == org_unit.c.code)
            .where(org_unit.c.leader.is_not(None), org_unit.c.leader != login)
            .order_by(chain.c.depth)
            .limit(1),
            {"of_unit": person.unit},
        )
        return leaders.scalar_one_or_none()
