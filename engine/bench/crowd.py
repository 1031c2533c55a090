"""A province's offices and people: units, posts and scopes as they are in a real installation.

One province with its cities and counties; every division has purchasing units, a superior bureau
and a business office, every city has regulators whose scope is the city, and one regulator has the
whole province: to that person a tenth of all open work is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.store.identity import put_org_unit, put_participant, put_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from engine.commands.services import Services

PROVINCE: Final = "41"
_CITIES: Final = 18
_COUNTIES: Final = 8
_PURCHASERS: Final = 12
#: Login, role, scope.
_Post = tuple[str, str, str | None]
ROLES: Final = {
    "bench_handler": "经办岗",
    "bench_reviewer": "主管单位审核岗",
    "bench_office": "业务处室岗",
    "bench_regulator": "监管岗",
}
#: The regulator of the whole province.
BUSIEST: Final = "bench_busiest"


@dataclass(frozen=True)
class Place:
    """One division with its offices.

    Attributes:
        division: GB/T 2260 code, 6 digits.
        purchasers: codes of the purchasing units.
        bureau: code of their superior unit.
        office: code of the business office.
    """

    division: str
    purchasers: tuple[str, ...]
    bureau: str
    office: str

    def handlers(self, unit: str) -> tuple[str, str]:
        """Return the logins of a purchasing unit's two handlers."""
        return f"h-{unit}-1", f"h-{unit}-2"

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Logins of the bureau's reviewers."""
        return tuple(f"r-{self.bureau}-{number}" for number in (1, 2, 3))

    @property
    def officers(self) -> tuple[str, ...]:
        """Logins of the business office's people."""
        return tuple(f"o-{self.office}-{number}" for number in (1, 2, 3))


def places() -> list[Place]:
    """Return every division of the province that has offices."""
    found = []
    for city in range(1, _CITIES + 1):
        for county in range(_COUNTIES + 1):
            division = f"{PROVINCE}{city:02d}{county:02d}"
            found.append(
                Place(
                    division=division,
                    purchasers=tuple(f"{division}-P{n:02d}" for n in range(_PURCHASERS)),
                    bureau=f"{division}-B",
                    office=f"{division}-O",
                )
            )
    return found


def regulators(division: str) -> tuple[str, str]:
    """Return the logins of the regulators of the city that a division belongs to."""
    return f"g-{division[:4]}-1", f"g-{division[:4]}-2"


@dataclass(frozen=True)
class Settle:
    """Write the units and people; everybody can act, nobody can log in."""

    def execute(self, services: Services) -> None:
        """Write."""
        _settle(services.store.session)


def _settle(session: Session) -> None:
    for key, name in ROLES.items():
        put_role(session, Role(key=key, name=name, name_en=key))
    province = OrgUnit(
        code=f"{PROVINCE}0000-G", name="省财政厅监管处", parent=None, kind="", division="410000"
    )
    units: dict[OrgUnit, list[_Post]] = {province: [(BUSIEST, "bench_regulator", PROVINCE)]}
    for place in places():
        units |= {unit: list(_staff(place, unit.code)) for unit in _units(place)}
    put_org_unit(session, *units)
    people = [_person(unit, *post) for unit, posts in units.items() for post in posts]
    put_participant(session, *people, password_hash="-")  # noqa: S106 - nobody logs in


def _staff(place: Place, unit: str) -> Iterator[_Post]:
    """Yield (login, role, scope) of a unit's people."""
    if unit == place.bureau:
        yield from ((login, "bench_reviewer", None) for login in place.reviewers)
    elif unit == place.office:
        is_city = place.division.endswith("00")
        scope = place.division[:4] if is_city else place.division
        yield from ((login, "bench_office", scope) for login in place.officers)
        if is_city:
            yield from ((login, "bench_regulator", scope) for login in regulators(place.division))
    else:
        yield from ((login, "bench_handler", None) for login in place.handlers(unit))


def _units(place: Place) -> Iterator[OrgUnit]:
    division = place.division
    yield OrgUnit(
        code=place.bureau, name=f"{division}教育局", parent=None, kind="主管单位", division=division
    )
    yield OrgUnit(
        code=place.office, name=f"{division}业务处", parent=None, kind="业务处室", division=division
    )
    for number, code in enumerate(place.purchasers, start=1):
        yield OrgUnit(
            code=code,
            name=f"{division}第{number}中学",
            parent=place.bureau,
            kind="采购单位",
            division=division,
        )


def _person(unit: OrgUnit, login: str, role: str, scope: str | None) -> Participant:
    return Participant(
        login=login,
        name=f"{unit.name[:6]}{login[-1]}",
        unit=unit,
        memberships=(Membership(role=role, unit=unit.code, scope_prefix=scope),),
    )
