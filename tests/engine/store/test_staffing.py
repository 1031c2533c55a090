"""Whose people are asked, and whether anybody there fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.model.places import Place, PlaceKind, Staff
from engine.store.identity import Identity, put_org_unit, put_participant
from engine.store.staffing import Staffing
from tests.engine.store.conftest import BUREAU, OFFICE, SCHOOL

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def at(kind: PlaceKind, **more: object) -> Place:
    values = {"unit": SCHOOL.code, "division": "410100", **more}
    return Place(kind=kind, **values)  # type: ignore[arg-type]  # values by name


@pytest.mark.parametrize(
    ("place", "role", "found"),
    [
        (at(PlaceKind.UNIT), "purchaser_handler", Staff(unit=SCHOOL.code, somebody="jb")),
        (at(PlaceKind.UNIT), "dept_reviewer", Staff(unit=SCHOOL.code, somebody=None)),
        (at(PlaceKind.ABOVE), "dept_reviewer", Staff(unit=BUREAU.code, somebody="sh")),
        (at(PlaceKind.ABOVE, levels=2), "dept_reviewer", Staff(unit=None, somebody=None)),
        (
            at(PlaceKind.OFFICE, relation="business_office"),
            "biz_first",
            Staff(unit=OFFICE.code, somebody="cs"),
        ),
        # nobody named that office: the scope decides
        (at(PlaceKind.OFFICE, relation="other"), "biz_first", Staff(unit=None, somebody="cs")),
        (at(PlaceKind.COVERING), "biz_first", Staff(unit=None, somebody="cs")),
        (at(PlaceKind.COVERING, division="410300"), "biz_first", Staff(unit=None, somebody=None)),
        (
            at(PlaceKind.OFFICE, relation="business_office", division="410300"),
            "biz_first",
            Staff(unit=OFFICE.code, somebody=None),
        ),
    ],
)
def test_a_place_has_a_unit_and_somebody(
    session: Session, place: Place, role: str, found: Staff
) -> None:
    assert Staffing(session).staff(place, [role]) == found


def test_whoever_is_kept_away_or_disabled_does_not_count(session: Session) -> None:
    staffing, place = Staffing(session), at(PlaceKind.UNIT)

    assert staffing.staff(place, ["purchaser_handler"], {"jb"}).somebody is None

    person = Identity(session).participant("jb")
    assert person is not None
    put_participant(session, replace(person, active=False), password_hash="-")

    assert staffing.staff(place, ["purchaser_handler"]).somebody is None
    assert staffing.active(["jb", "sh", "nobody"]) == {"sh"}


def test_the_line_of_leaders_goes_up(session: Session) -> None:
    put_org_unit(session, replace(SCHOOL, leader="sh"))
    put_org_unit(session, replace(BUREAU, leader="cs"))
    staffing = Staffing(session)

    assert staffing.leader_of("jb") == "sh"
    # the unit's own leader is led from above
    assert staffing.leader_of("sh") == "cs"
    assert staffing.leader_of("nobody") is None


def test_a_direct_leader_comes_first(session: Session) -> None:
    put_org_unit(session, replace(SCHOOL, leader="sh"))
    person = Identity(session).participant("jb")
    assert person is not None
    put_participant(session, replace(person, leader="cs"), password_hash="-")

    assert Staffing(session).leader_of("jb") == "cs"
