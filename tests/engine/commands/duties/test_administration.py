"""People, posts and units are arranged by administrators, and open work follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    ApplyPostChange,
    CancelPostChange,
    ChangePassword,
    ChangePerson,
    CreatePerson,
    DisablePerson,
    EnablePerson,
    GivePost,
    LogIn,
    PersonFacts,
    PutRelation,
    PutUnit,
    ResetPassword,
    RetryIncident,
    TakePost,
)
from engine.errors import NotAllowedError, NotFoundError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.model.states import AssignedBy
from engine.queries import OpenIncidents, Person, Staff, Unit, UnitList
from tests.engine.commands.duties.test_recusal import follow
from tests.support.verbs import fields_of, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.commands.services import Command
    from engine.model.work import WorkItem
    from engine.queries.views import StaffPerson
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

BOSS = Actor(login="boss")
NEW = {"name": "新人", "unit": "业务处", "department": "一科", "phone": "037100000000"}


def page(engine: Engine, login: str) -> StaffPerson:
    return engine.ask(Person(login=login), BOSS)


def waiting(driver: ProcessDriver) -> WorkItem:
    (item,) = [item for item in driver.work_items if item.is_open]
    return item


def give(engine: Engine, login: str, role: str, unit: str, **facts: Any) -> None:
    engine.execute(GivePost(login=login, role=role, unit=unit, **{"reason": "任", **facts}), BOSS)


def take(engine: Engine, login: str, role: str, unit: str, **facts: Any) -> None:
    engine.execute(TakePost(login=login, role=role, unit=unit, **{"reason": "免", **facts}), BOSS)


def test_a_person_is_created_changed_and_changes_the_initial_password(engine: Engine) -> None:
    password = engine.execute(CreatePerson(login="xin.ren", facts=PersonFacts(**NEW)), BOSS)
    engine.execute(LogIn(login="xin.ren", password=password))
    with pytest.raises(NotAllowedError, match="password first"):
        engine.ask(Staff(), Actor(login="xin.ren"))
    engine.execute(ChangePassword(old="", new="Nine-lives-2026"), Actor(login="xin.ren"))

    facts = PersonFacts(**{**NEW, "name": "新人二", "unit": "CGB", "leader": "cs"})
    engine.execute(ChangePerson(login="xin.ren", facts=facts), BOSS)

    view = page(engine, "xin.ren")
    assert (view.name, view.unit_name, view.leader) == ("新人二", "监管处", "cs")
    assert view.phone == NEW["phone"]
    again = engine.execute(ResetPassword(login="xin.ren"), BOSS)
    engine.execute(LogIn(login="xin.ren", password=again))
    lines = engine.ask(Staff(search="监管处 新人"), BOSS).people
    assert [one.login for one in lines] == ["xin.ren"]


def test_posts_are_given_and_taken_and_offered_work_follows(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter = filed("four_eyes")
    give(engine, "gc", "biz_first", "YWC", scope="41")
    assert listed(engine, "gc") == ["初审"]
    matter.claim("first_review", by="gc")

    take(engine, "gc", "biz_first", "YWC")
    follow(engine)

    assert waiting(matter).assignee is None
    assert listed(engine, "gc") == []
    reasons = [r.detail["reason"] for r in matter.audit() if r.action == "work_item_replaced"]
    assert reasons == ["不再担任该岗位"]
    assert [(one.gives, one.state) for one in page(engine, "gc").changes] == [
        (False, "done"),
        (True, "done"),
    ]


def test_a_post_begins_and_ends_on_its_day(engine: Engine, clock: FakeClock) -> None:
    day = date(2026, 6, 11)
    give(engine, "gc", "biz_first", "YWC", starts_on=day)
    give(engine, "gc", "biz_second", "YWC", starts_on=day)
    planned = page(engine, "gc").changes
    assert [one.state for one in planned] == ["planned", "planned"]
    engine.execute(CancelPostChange(change_key=planned[0].key), BOSS)
    with pytest.raises(WrongStateError):
        engine.execute(CancelPostChange(change_key=planned[0].key), BOSS)

    assert not engine.execute(ApplyPostChange())
    clock.advance(timedelta(days=1))
    while engine.execute(ApplyPostChange()):
        pass

    assert "biz_first" in [one.role for one in page(engine, "gc").posts]
    assert "biz_second" not in [one.role for one in page(engine, "gc").posts]


def test_a_disabled_person_leaves_nothing_behind(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    claimed, led = filed("four_eyes"), filed("nobody_leader")
    claimed.claim("first_review", by="cs")
    token = "x" * 40
    assert [(one.step, one.fate, one.stuck) for one in page(engine, "cs").held] == [
        ("初审", "回到岗位，由同岗位其他人员办理", False)
    ]
    assert [one.fate for one in page(engine, "lead_school").held] == ["改由局长办理"]

    for login in ("cs", "lead_school"):
        engine.execute(DisablePerson(login=login, reason="调离"), BOSS)
    follow(engine)

    assert (waiting(claimed).assignee, waiting(led).assignee) == (None, "lead_bureau")
    assert page(engine, "cs").held == []
    with pytest.raises(NotAllowedError):
        engine.ask(Staff(), Actor(login="cs"))
    with pytest.raises(WrongStateError):
        engine.execute(DisablePerson(login="cs", reason="再次"), BOSS)
    assert engine.execute(EnablePerson(login="cs"), BOSS) != token
    assert page(engine, "cs").active


def test_a_step_that_nobody_fits_is_done_when_somebody_gets_the_post(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter = filed("nobody_incident")
    (incident,) = engine.ask(OpenIncidents(), BOSS)
    with pytest.raises(WrongStateError, match="nobody can do"):
        engine.execute(RetryIncident(incident_key=str(incident.key)), BOSS)

    give(engine, "yi", "rare_post", "第一中学", scope="4101")
    assert len(engine.ask(OpenIncidents(), BOSS)) == 1
    follow(engine)

    assert engine.ask(OpenIncidents(), BOSS) == []
    assert waiting(matter).assigned_by is AssignedBy.RULE
    matter.complete("rare_review", "approve", by="yi")


def test_retrying_an_incident_searches_again(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    filed("nobody_incident")
    (incident,) = engine.ask(OpenIncidents(), BOSS)
    give(engine, "yi", "rare_post", "JY01", scope="*")

    engine.execute(RetryIncident(incident_key=str(incident.key)), BOSS)

    assert engine.ask(OpenIncidents(), BOSS) == []


def test_units_with_superior_leader_and_offices(engine: Engine) -> None:
    unit: dict[str, Any] = {
        "code": "JY02",
        "name": "第二中学",
        "kind": "采购单位",
        "division": "410100",
    }
    engine.execute(PutUnit(**unit, parent="教育局", is_new=True), BOSS)
    engine.execute(PutUnit(**{**unit, "name": "第二高中"}, parent="JYJ", leader="甲"), BOSS)
    relation = {"unit": "JY02", "relation": "business_office"}
    engine.execute(PutRelation(**relation, office="业务处"), BOSS)

    view = engine.ask(Unit(code="JY02"), BOSS)
    assert (view.name, view.parent_name, view.leader_name) == ("第二高中", "教育局", "甲")
    assert view.relations == [("business_office", "YWC", "业务处")]
    assert [one.code for one in engine.ask(UnitList(search="第二"), BOSS)] == ["JY02"]
    engine.execute(PutRelation(**relation, office=""), BOSS)
    assert engine.ask(Unit(code="JY02"), BOSS).relations == []
    with pytest.raises(WrongStateError):
        engine.execute(PutRelation(**relation, office=""), BOSS)


UNIT: dict[str, Any] = {"code": "JYJ", "name": "教育局", "kind": "主管单位", "division": "410100"}
BAD: tuple[tuple[Command[Any], set[str]], ...] = (
    (CreatePerson(login="Cs!", facts=PersonFacts(name="", unit="无")), {"login", "name", "unit"}),
    (CreatePerson(login="cs", facts=PersonFacts(**NEW)), {"login"}),
    (CreatePerson(login="ok", facts=PersonFacts(**{**NEW, "phone": "电话"})), {"phone"}),
    (ChangePerson(login="cs", facts=PersonFacts(**NEW, leader="cs")), {"leader"}),
    (DisablePerson(login="cs", reason=" "), {"reason"}),
    (
        GivePost(login="cs", role="x", unit="无", scope="4", reason=""),
        {"role", "unit", "scope", "reason"},
    ),
    (GivePost(login="jia", role="purchaser_handler", unit="JY01", reason="任"), {"role"}),
    (TakePost(login="boss", role="admin", unit="CZT", reason="免"), {"reason"}),
    (
        TakePost(login="cs", role="biz_first", unit="YWC", ends_on=date(2026, 6, 9), reason="免"),
        {"ends_on"},
    ),
    (PutUnit(**{**UNIT, "division": "4101"}, parent="第一中学"), {"division", "parent"}),
    (PutUnit(**UNIT, is_new=True), {"code"}),
    (PutUnit(**{**UNIT, "code": "中"}, leader="无", is_new=True), {"code", "leader"}),
    (PutRelation(unit="JYJ", relation="处室", office="YWC"), {"relation"}),
    (PutRelation(unit="JYJ", relation="business_office", office="无"), {"office"}),
)


def test_bad_input_is_refused_at_its_fields(engine: Engine) -> None:
    for command, fields in BAD:
        with pytest.raises(ValidationFailedError) as refused:
            engine.execute(command, BOSS)
        assert fields_of(refused.value) == fields, command


def test_only_administrators_and_only_what_there_is(engine: Engine) -> None:
    for command, _fields in BAD:
        with pytest.raises(NotAllowedError):
            engine.execute(command, Actor(login="jia"))
    with pytest.raises(WrongStateError):
        engine.execute(DisablePerson(login="boss", reason="自己"), BOSS)
    for missing in (
        DisablePerson(login="none", reason="x"),
        PutUnit(**{**UNIT, "code": "NONE"}),
        TakePost(login="none", role="admin", unit="CZT", reason="x"),
    ):
        with pytest.raises(NotFoundError):
            engine.execute(missing, BOSS)
    with pytest.raises(WrongStateError):
        take(engine, "jia", "admin", "CZT")


def test_when_the_last_holder_leaves_what_nobody_has_follows_the_policy_at_once(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter, elsewhere = filed("four_eyes"), filed("nobody_superior")
    engine.execute(TakePost(login="cs", role="biz_first", unit="YWC", reason="轮岗"), BOSS)
    follow(engine)
    assert waiting(matter).assigned_by is AssignedBy.RULE

    for login in ("both", "sh_bureau"):
        engine.execute(DisablePerson(login=login, reason="退休"), BOSS)
    follow(engine)

    assert waiting(matter).assigned_by is AssignedBy.INCIDENT
    assert listed(engine, "sh_top") == ["稀缺岗位审核"]
    assert [row.kind for row in engine.ask(OpenIncidents(), BOSS)] == ["ERR_NOBODY"]
    assert [
        row.detail["reason"] for row in matter.audit() if row.action == "work_item_replaced"
    ] == ["岗位已无人可办"]
    engine.execute(EnablePerson(login="both"), BOSS)
    follow(engine)
    assert engine.ask(OpenIncidents(), BOSS) == []
    assert elsewhere.people_at("rare_review") == {"sh_top"}
