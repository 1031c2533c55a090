"""Units, people and relations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.store.identity import Identity, put_participant

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_participant_comes_with_unit_and_memberships(session: Session) -> None:
    person = Identity(session).participant("cs")

    assert person is not None
    assert person.unit.name == "示例业务处"
    assert [(m.role, m.scope_prefix) for m in person.memberships] == [("biz_first", "4101")]


def test_unknown_participant_is_none(session: Session) -> None:
    assert Identity(session).participant("nobody") is None


def test_disabled_people_hold_no_role(session: Session) -> None:
    identity = Identity(session)
    person = identity.participant("sh")
    assert person is not None
    put_participant(session, replace(person, active=False), password_hash="-")

    assert identity.holders(["dept_reviewer"]) == []
    assert [login for login, *_ in identity.holders(["biz_first"])] == ["cs"]


def test_putting_a_person_again_replaces_the_memberships(session: Session) -> None:
    identity = Identity(session)
    person = identity.participant("cs")
    assert person is not None

    put_participant(session, replace(person, memberships=()), password_hash="-")

    again = identity.participant("cs")
    assert again is not None
    assert again.memberships == ()
