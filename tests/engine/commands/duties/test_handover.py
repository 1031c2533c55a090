"""离职交接: everything goes to the successor, each thing judged by itself, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    AddSigners,
    DelegateWorkItem,
    DisablePerson,
    GivePost,
    HandBackWorkItem,
    HandOver,
    HandOverNext,
    RetryHandover,
    SaveDraft,
)
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import HandoverOutcome, HandoverPreview
from tests.engine.commands.duties.test_recusal import follow
from tests.engine.commands.duties.test_substitution import appoint
from tests.support.verbs import do, fields_of, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.queries.views import HandoverResult
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

BOSS = Actor(login="boss")


def hand_over(engine: Engine, leaver: str, to: str, **facts: Any) -> HandoverResult:
    command = HandOver(leaver=leaver, to=to, **{"reason": "调离", **facts})
    key = str(engine.execute(command, BOSS))
    return settled(engine, key)


def settled(engine: Engine, key: str) -> HandoverResult:
    while engine.execute(HandOverNext()):
        pass
    return engine.ask(HandoverOutcome(handover_key=key), BOSS)


def holders(driver: ProcessDriver) -> list[str | None]:
    return [item.assignee for item in driver.work_items if item.is_open]


def test_tasks_parts_and_delegations_go_to_the_successor(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    claimed, delegated, doing, signed = (filed("four_eyes") for _ in range(4))
    claimed.claim("first_review", by="cs")
    engine.execute(
        SaveDraft(work_item_key=claimed.key_at("first_review"), answers={}, opinion="初步同意"),
        Actor(login="cs"),
    )
    do(delegated, "cs", DelegateWorkItem, "first_review", to="fh", reason="请填")
    do(doing, "both", DelegateWorkItem, "first_review", to="cs", reason="请填")
    signers = {"people": ["cs"], "request": "请签", "when": "before"}
    do(signed, "both", AddSigners, "first_review", **signers)
    appoint(engine, "jia", "cs")
    engine.execute(GivePost(login="gc", role="biz_first", unit="YWC", reason="任"), BOSS)
    plan = engine.ask(HandoverPreview(leaver="cs", to="国采"), BOSS)
    assert (plan.count, {line.state for line in plan.lines}) == (5, {"waiting"})

    result = hand_over(engine, "cs", "国采")

    assert (result.done, result.refused, result.waiting) == (5, 0, 0)
    assert holders(claimed) == ["gc"]
    assert holders(doing) == ["gc"]
    assert "gc" in holders(signed)
    do(delegated, "fh", HandBackWorkItem, "first_review", opinion="已填")
    assert holders(delegated) == ["gc"]
    (entry,) = [one for step in claimed.view().timeline for one in step.entries]
    assert (entry.sender.name, entry.person.name) == ("初审", "国采")
    assert entry.request == "由初审移交：调离"
    lines = [row for row in claimed.audit() if row.action == "work_item_handed_over"]
    assert [row.detail["reason"] for row in lines] == ["由初审移交：调离"]
    appointed = hand_over(engine, "jia", "yi")
    assert {line.kind for line in appointed.lines} == {"matter", "substitution"}
    do(doing, "gc", HandBackWorkItem, "first_review", opinion="已填")
    engine.execute(DisablePerson(login="cs", reason="调离"), BOSS)
    follow(engine)
    assert holders(claimed) == ["gc"]


def test_each_thing_is_judged_and_can_be_tried_again(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    barred, lacking = filed("four_eyes"), filed("four_eyes")
    barred.complete("first_review", "approve", by="both")
    barred.claim("second_review", by="fh")
    lacking.complete("first_review", "approve", by="cs")
    lacking.claim("second_review", by="fh")

    result = hand_over(engine, "fh", "both")
    assert (result.done, result.refused) == (1, 1)
    assert "办理过本事项的“初审”" in result.lines[0].reason
    assert (holders(barred), holders(lacking)) == (["fh"], ["both"])
    with pytest.raises(WrongStateError):
        hand_over(engine, "gc", "fh")

    second = hand_over(engine, "fh", "gc")
    assert "未担任此环节的岗位" in second.lines[0].reason
    engine.execute(GivePost(login="gc", role="biz_second", unit="YWC", reason="任"), BOSS)
    engine.execute(RetryHandover(handover_key=second.key), BOSS)
    assert settled(engine, second.key).done == 1
    assert holders(barred) == ["gc"]
    with pytest.raises(WrongStateError):
        engine.execute(RetryHandover(handover_key=second.key), BOSS)


def test_matters_come_back_to_the_successor_who_then_may_not_approve(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    matter, reviewed = filed("four_eyes"), filed("four_eyes")
    reviewed.complete("first_review", "approve", by="both")
    plan = engine.ask(HandoverPreview(leaver="jia", to="both"), BOSS)
    assert sorted(line.state for line in plan.lines) == ["refused", "waiting"]

    result = hand_over(engine, "jia", "both", by_process={"four_eyes": "yi"})
    assert (result.done, result.refused) == (2, 0)
    engine.execute(DisablePerson(login="jia", reason="调离"), BOSS)
    matter.initiator = "yi"
    matter.complete("first_review", "return", by="cs", opinion="补充")
    assert listed(engine, "yi") == ["填写"]
    matter.complete("fill_claim", by="yi")
    assert hand_over(engine, "yi", "both").refused == 1
    with pytest.raises(NotAllowedError):
        matter.complete("first_review", "approve", by="both")


def test_bad_input_is_refused_at_its_field(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    filed("four_eyes")
    for facts, field in (
        ({"to": ""}, "to"),
        ({"to": "jia"}, "to"),
        ({"to": "yi", "reason": " "}, "reason"),
        ({"to": "yi", "by_process": {"four_eyes": "无"}}, "to.four_eyes"),
    ):
        with pytest.raises(ValidationFailedError) as refused:
            hand_over(engine, "jia", **facts)
        assert fields_of(refused.value) == {field}
    with pytest.raises(NotAllowedError):
        engine.execute(HandOver(leaver="jia", to="yi", reason="x"), Actor(login="jia"))
