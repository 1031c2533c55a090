"""代理: what a substitute sees and does, in whose name, and what neither of the two may do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    AppointSubstitute,
    ClaimWorkItem,
    CompleteWorkItem,
    ReleaseWorkItem,
    RevokeSubstitution,
    TransferWorkItem,
)
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Bell, BoxCounts, Substitutions, WhyQuery, WorkItemQuery, Worklist
from engine.queries.views import Box
from tests.support.counting import counted
from tests.support.verbs import fields_of, listed, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.queries.views import WorklistRow
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

TODAY = date(2026, 6, 10)


def appoint(engine: Engine, by: str, substitute: str, **facts: Any) -> str:
    command = AppointSubstitute(
        substitute=substitute,
        **{"starts_on": TODAY, "ends_on": TODAY + timedelta(days=4), "reason": "年休假", **facts},
    )
    return str(engine.execute(command, Actor(login=by)))


def rows(engine: Engine, login: str, box: Box = Box.TODO) -> list[WorklistRow]:
    return list(engine.ask(Worklist(box=box), Actor(login=login)).rows)


def test_a_substitute_does_old_and_new_tasks_in_the_principals_name(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    old = filed("four_eyes")
    appoint(engine, "cs", "校长")
    new = filed("four_eyes")

    assert [row.stands_in_for for row in rows(engine, "lead_school")] == ["初审", "初审"]
    assert [row.stands_in_for for row in rows(engine, "cs")] == ["", ""]
    view = page(old, "lead_school", old.key_at("first_review"))
    assert (view.mine, view.stands_in_for) == (True, "初审")
    why = engine.ask(WhyQuery(work_item_key=view.key), Actor(login="lead_school"))
    assert why is not None
    assert "您代初审办理。" in why.people
    for matter in (old, new):
        matter.complete("first_review", "approve", by="lead_school", opinion="经核同意。")

    step = next(one for one in old.view().timeline if one.element_id == "first_review")
    assert [person.name for person in step.people] == ["校长（代初审）"]
    line = [row for row in old.audit() if row.action == "work_item_completed"][-1]
    assert line.who == "校长（代初审）"
    assert [row.stands_in_for for row in rows(engine, "lead_school", Box.DONE)] == ["初审", "初审"]
    assert old.view(by="lead_school").matter.number == old.number


def test_a_substitute_costs_few_statements(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    appoint(engine, "cs", "lead_school")
    matter = filed("four_eyes")
    key = matter.key_at("first_review")
    command = CompleteWorkItem(work_item_key=key, outcome="approve", opinion="同意。")
    with counted(engine) as cost:
        engine.execute(command, Actor(login="lead_school"))

    assert cost["commits"] == 1
    assert cost["statements"] <= 15


def test_separation_keeps_principal_and_substitute_away(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    appoint(engine, "cs", "fh")
    appoint(engine, "both", "lead_school")
    matter = filed("four_eyes")
    matter.complete("first_review", "approve", by="fh")

    # fh did the first review (for cs): not the second in his own right
    with pytest.raises(NotAllowedError, match="did “初审”"):
        matter.complete("second_review", "approve", by="fh")
    matter.complete("second_review", "return", by="both", opinion="补充")
    matter.complete("first_review", "return", by="fh", opinion="重填")
    matter.complete("fill_claim", by="jia")
    # both did the second review: a substitute may not do the first for that person
    view = page(matter, "lead_school", matter.key_at("first_review"))
    assert not view.mine
    assert "不能代为办理" in view.refusal
    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="lead_school")
    matter.complete("first_review", "approve", by="cs")


def test_it_is_not_chained(engine: Engine, filed: Callable[..., ProcessDriver]) -> None:
    appoint(engine, "cs", "lead_school")
    appoint(engine, "lead_school", "gc")
    matter = filed("four_eyes")

    assert listed(engine, "gc") == []
    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="gc")
    matter.claim("first_review", by="lead_school")
    assert listed(engine, "gc") == []


def test_what_a_substitute_has_stays_the_principals(
    engine: Engine, filed: Callable[..., ProcessDriver], clock: FakeClock
) -> None:
    appoint(engine, "cs", "lead_school")
    matter = filed("four_eyes")
    matter.claim("first_review", by="lead_school")

    assert listed(engine, "both") == []
    assert [row.held_by for row in rows(engine, "cs")] == ["校长"]
    clock.advance(timedelta(days=6))
    assert listed(engine, "lead_school") == []
    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="lead_school")
    matter.complete("first_review", "approve", by="cs")
    step = next(one for one in matter.view().timeline if one.element_id == "first_review")
    assert [person.name for person in step.people] == ["初审"]


def test_verbs_of_a_substitute(engine: Engine, filed: Callable[..., ProcessDriver]) -> None:
    appoint(engine, "cs", "lead_school")
    matter = filed("four_eyes")
    key, deputy = matter.key_at("first_review"), Actor(login="lead_school")
    engine.execute(ClaimWorkItem(work_item_key=key), deputy)
    engine.execute(ReleaseWorkItem(work_item_key=key), deputy)
    assert listed(engine, "both") == ["初审"]

    transfer = TransferWorkItem(work_item_key=key, to="cs", reason="请办")
    with pytest.raises(ValidationFailedError) as refused:
        engine.execute(transfer, deputy)
    assert fields_of(refused.value) == {"person"}
    engine.execute(TransferWorkItem(work_item_key=key, to="both", reason="请办"), deputy)
    entries = [one for step in matter.view().timeline for one in step.entries]
    assert [(one.sender.name, one.person.name) for one in entries] == [("校长（代初审）", "两岗")]
    with pytest.raises(NotAllowedError):
        engine.execute(CompleteWorkItem(work_item_key=key, outcome="approve"), deputy)


def test_scope_and_time_and_revocation(
    engine: Engine, filed: Callable[..., ProcessDriver], clock: FakeClock
) -> None:
    filed("four_eyes")
    seen: list[list[str]] = []
    for scope in (
        {"processes": ["round_of_rules"]},
        {"regions": ["4102"]},
        {"starts_on": TODAY + timedelta(days=1)},
        {"processes": ["four_eyes"], "regions": ["41", "110000"]},
    ):
        key = appoint(engine, "cs", "lead_school", **scope)
        seen.append(listed(engine, "lead_school"))
        engine.execute(RevokeSubstitution(substitution_key=key), Actor(login="lead_school"))

    assert seen == [[], [], [], ["初审"]]
    assert listed(engine, "lead_school") == []
    with pytest.raises(WrongStateError):
        engine.execute(RevokeSubstitution(substitution_key=key), Actor(login="cs"))
    later = appoint(engine, "cs", "lead_school", starts_on=TODAY + timedelta(days=1))
    with pytest.raises(NotAllowedError):
        engine.execute(RevokeSubstitution(substitution_key=later), Actor(login="jia"))
    clock.advance(timedelta(days=1))
    assert listed(engine, "lead_school") == ["初审"]


def test_both_sides_are_told(engine: Engine) -> None:
    appoint(engine, "boss", "jia", principal="cs")

    for login, mine in (("cs", True), ("jia", False)):
        (line,) = engine.ask(BoxCounts(), Actor(login=login)).substitutions
        assert (line.mine, line.principal, line.substitute) == (mine, "初审", "甲")
        assert (line.first_day, line.last_day) == (TODAY, TODAY + timedelta(days=4))
        (notice,) = engine.ask(Bell(), Actor(login=login)).lines
        assert notice.detail["person"] == "初审"
    assert len(engine.ask(Substitutions(person="初审"), Actor(login="boss")).lines) == 1
    with pytest.raises(NotAllowedError):
        engine.ask(Substitutions(person="cs"), Actor(login="jia"))


@pytest.mark.parametrize(
    ("by", "facts", "field"),
    [
        ("jia", {"substitute": ""}, "substitute"),
        ("jia", {"substitute": "nobody"}, "substitute"),
        ("jia", {"substitute": "甲"}, "substitute"),
        ("jia", {"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ("jia", {"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ("jia", {"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ("jia", {"ends_on": None}, "ends_on"),
        ("jia", {"reason": "  "}, "reason"),
        ("jia", {"processes": ["nothing"]}, "processes"),
        ("jia", {"regions": ["郑州"]}, "regions"),
        ("cs", {}, "starts_on"),
        ("jia", {"substitute": "cs"}, "substitute"),
    ],
)
def test_bad_input_is_refused_at_the_field(
    engine: Engine, by: str, facts: dict[str, Any], field: str
) -> None:
    appoint(engine, "cs", "lead_school")

    with pytest.raises(ValidationFailedError) as refused:
        appoint(engine, by, **{"substitute": "yi", **facts})

    assert fields_of(refused.value) == {field}
    with pytest.raises(NotAllowedError):
        appoint(engine, "jia", "yi", principal="fh")


def test_a_draft_is_begun_by_the_principal(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    """The initiator's returned step; an unsubmitted matter is nobody else's."""
    appoint(engine, "jia", "lead_bureau")
    matter = filed("four_eyes")
    draft = type(matter).start(engine, "four_eyes", by="jia")
    matter.complete("first_review", "return", by="cs", opinion="补充")

    assert listed(engine, "lead_bureau") == ["填写"]
    with pytest.raises(NotAllowedError):
        engine.ask(
            WorkItemQuery(work_item_key=draft.key_at("fill_claim")), Actor(login="lead_bureau")
        )
    matter.complete("fill_claim", by="lead_bureau")
    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="jia")
