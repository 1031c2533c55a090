"""回避: who keeps away, by which way ever, and what becomes of the work that the person has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    AddRecusal,
    AddSigners,
    AnswerConsultation,
    ConsultPeople,
    DelegateWorkItem,
    FollowStaffChange,
    LiftRecusal,
    TransferWorkItem,
)
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.model.states import AssignedBy
from engine.queries import OpenIncidents, Recusals
from tests.engine.commands.duties.test_substitution import appoint
from tests.support.verbs import do, fields_of, page, part_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

BOSS = Actor(login="boss")


def recuse(engine: Engine, person: str, by: str = "boss", **facts: Any) -> str:
    command = AddRecusal(**{"person": person, "reason": "申请人系其近亲属", **facts})
    return str(engine.execute(command, Actor(login=by)))


def follow(engine: Engine) -> None:
    while engine.execute(FollowStaffChange()):
        pass


def test_no_way_leads_to_a_person_who_keeps_away(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter = filed("four_eyes")
    key = recuse(engine, "两岗", instance_key=matter.instance_key)
    appoint(engine, "cs", "both")

    view = page(matter, "both", matter.key_at("first_review"))
    assert not view.mine
    assert "申请人系其近亲属" in view.refusal
    for refused in (
        lambda: matter.claim("first_review", by="both"),
        lambda: matter.complete("first_review", "approve", by="both"),
    ):
        with pytest.raises(NotAllowedError, match="recused"):
            refused()
    for verb, given in (
        (TransferWorkItem, {"to": "both", "reason": "请办"}),
        (DelegateWorkItem, {"to": "both", "reason": "请办"}),
        (AddSigners, {"people": ["both"], "request": "请签", "when": "before"}),
        (ConsultPeople, {"people": ["both"], "request": "请复"}),
    ):
        with pytest.raises(ValidationFailedError, match="recused"):
            do(matter, "cs", verb, "first_review", **given)

    engine.execute(LiftRecusal(recusal_key=key, reason="登记有误"), BOSS)
    matter.complete("first_review", "approve", by="both")
    assert [row.action for row in matter.audit() if "recusal" in row.action] == [
        "recusal_added",
        "recusal_lifted",
    ]


def test_what_the_person_has_goes_to_somebody_else(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    claimed, led, delegated = (
        filed("four_eyes"),
        filed("nobody_leader"),
        filed("four_eyes"),
    )
    claimed.claim("first_review", by="both")
    delegated.claim("first_review", by="cs")
    do(delegated, "cs", DelegateWorkItem, "first_review", to="both", reason="请办")
    consulted = filed("four_eyes")
    do(consulted, "cs", ConsultPeople, "first_review", people=["both"], request="请复")
    for login in ("both", "lead_school"):
        recuse(engine, login, unit="第一中学")
    follow(engine)

    (item,) = [one for one in claimed.work_items if one.is_open]
    assert (item.assignee, item.state) == (None, "offered")
    assert [one.assignee for one in led.work_items if one.is_open] == ["lead_bureau"]
    (item,) = [one for one in delegated.work_items if one.is_open]
    assert (item.assignee, item.owner) == ("cs", None)
    assert [
        row.detail["reason"] for row in claimed.audit() if row.action == "work_item_replaced"
    ] == ["回避或职责分离"]
    with pytest.raises(NotAllowedError, match="recused"):
        engine.execute(
            AnswerConsultation(work_item_key=part_of(consulted, "both"), opinion="同意"),
            Actor(login="both"),
        )


def test_nobody_else_is_an_incident_until_it_is_lifted(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter = filed("four_eyes")
    matter.claim("first_review", by="both")
    keys = [recuse(engine, one, instance_key=matter.instance_key) for one in ("cs", "both")]
    follow(engine)

    (item,) = [one for one in matter.work_items if one.is_open]
    assert item.assigned_by is AssignedBy.INCIDENT
    assert [row.kind for row in engine.ask(OpenIncidents(), BOSS)] == ["ERR_NOBODY"]
    engine.execute(LiftRecusal(recusal_key=keys[0], reason="登记有误"), BOSS)
    follow(engine)
    assert engine.ask(OpenIncidents(), BOSS) == []
    matter.complete("first_review", "approve", by="cs")


def test_people_recuse_themselves_for_a_time(
    engine: Engine, filed: Callable[..., ProcessDriver], clock: FakeClock
) -> None:
    matter = filed("four_eyes")
    facts = {"unit": "JY01", "until": date(2026, 6, 12)}
    key = recuse(engine, "", by="cs", **facts)
    with pytest.raises(ValidationFailedError) as refused:
        recuse(engine, "", by="cs", **facts)
    assert fields_of(refused.value) == {"unit"}
    with pytest.raises(NotAllowedError):
        recuse(engine, "fh", by="cs", unit="JY01")
    with pytest.raises(NotAllowedError):
        engine.execute(LiftRecusal(recusal_key=key, reason="有误"), Actor(login="cs"))
    (line,) = engine.ask(Recusals(), Actor(login="cs")).lines
    assert (line.target, line.until, line.holds) == ("第一中学", date(2026, 6, 12), True)

    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="cs")
    clock.advance(timedelta(days=3))
    matter.complete("first_review", "approve", by="cs")
    engine.execute(LiftRecusal(recusal_key=key, reason="到期"), BOSS)
    with pytest.raises(WrongStateError):
        engine.execute(LiftRecusal(recusal_key=key, reason="再次"), BOSS)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " ", "unit": "JY01"}, "reason"),
        ({}, "unit"),
        ({"unit": "JY01", "instance_key": "1"}, "unit"),
        ({"unit": "没有这个单位"}, "unit"),
        ({"instance_key": "12345"}, "instance_key"),
        ({"person": "nobody", "unit": "JY01"}, "person"),
        ({"unit": "JY01", "until": date(2026, 6, 9)}, "until"),
    ],
)
def test_bad_input_is_refused_at_the_field(
    engine: Engine, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationFailedError) as refused:
        recuse(engine, **{"person": "cs", **facts})

    assert fields_of(refused.value) == {field}
