"""加签 before and after, 减签, and what a refusal leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import AddSigners, CancelParts, CompleteWorkItem, SignWorkItem
from engine.errors import NotAllowedError, TaskGoneError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Box
from tests.support.memo import STRICT, STRUCTURES
from tests.support.verbs import do, entries, fields_of, listed, page, part_of, verb_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def sign(driver: ProcessDriver, by: str, *, agree: bool = True, opinion: str = "同意") -> None:
    command = SignWorkItem(work_item_key=part_of(driver, by), agree=agree, opinion=opinion)
    driver.engine.execute(command, Actor(login=by))


def add(driver: ProcessDriver, when: str, *people: str, by: str = "bai") -> None:
    do(driver, by, AddSigners, people=list(people), when=when, request="请把关")


def decide(driver: ProcessDriver, by: str = "bai") -> str:
    """Decide the first open task at ``handle`` and return its key."""
    key = driver.key_at("handle")
    outcome = "approve" if driver.root.process_id in ("memo", STRICT) else "complete"
    driver.engine.execute(
        CompleteWorkItem(
            work_item_key=key, outcome=outcome, opinion="可行", answers={"points": "要点"}
        ),
        Actor(login=by),
    )
    return key


def ended(driver: ProcessDriver, key: str) -> str:
    return next(item.state for item in driver.work_items if str(item.key) == key)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_signed_before_the_task_is_decided_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = begun(structure)
    add(driver, "before", "dai", "gu")

    sign(driver, "dai")
    with pytest.raises(WrongStateError, match="顾平"):
        decide(driver)
    sign(driver, "gu")
    key = decide(driver)

    assert ended(driver, key) == "completed"


@pytest.mark.parametrize("structure", STRUCTURES)
def test_decided_it_takes_effect_when_the_last_has_agreed_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = begun(structure)
    add(driver, "after", "dai", "gu")
    before = driver.waiting_at

    key = decide(driver)
    assert driver.waiting_at == before
    assert ended(driver, key) == "waiting"
    sign(driver, "gu")
    assert ended(driver, key) == "waiting"
    sign(driver, "dai")

    assert ended(driver, key) == "completed"
    assert [item.ended_by for item in driver.work_items if str(item.key) == key] == ["bai"]


def test_the_turn_after_comes_with_the_decision(engine: Engine, memo: ProcessDriver) -> None:
    add(memo, "after", "dai")
    assert listed(engine, "dai") == []

    decide(memo)

    assert listed(engine, "dai") == ["承办"]
    assert listed(engine, "bai") == []
    assert listed(engine, "bai", Box.DONE) == ["承办"]
    (step,) = [one for one in memo.view().timeline if one.element_id == "handle"]
    assert step.state == "current"
    assert [person.name for person in step.people] == ["戴维"]
    assert [(one.kind, one.outcome, one.opinion) for one in step.entries] == [
        ("sign_after", "", ""),
        ("decision", "提交审批", "可行"),
    ]


def test_the_decision_carries_what_was_filled_in(memo: ProcessDriver) -> None:
    add(memo, "after", "dai")
    decide(memo)

    sign(memo, "dai")

    assert memo.waiting_at == {"approve"}
    assert [row.action for row in memo.audit()][-3:] == [
        "signers_added_after",
        "work_item_decided",
        "signature_given",
    ]
    assert memo.view(by="dai").documents[-1].answers == {"points": "要点"}


def test_a_return_needs_no_signature_after(memo: ProcessDriver) -> None:
    add(memo, "after", "dai")

    memo.complete("handle", "return", by="bai", opinion="请改")

    assert memo.waiting_at == {"draft"}


def test_refused_before_whoever_has_the_task_decides(memo: ProcessDriver) -> None:
    add(memo, "before", "dai")

    sign(memo, "dai", agree=False, opinion="预算不足")

    (entry,) = entries(memo)
    assert (entry.state, entry.outcome, entry.opinion) == ("done", "refuse", "预算不足")
    assert memo.waiting_at == {"handle"}
    decide(memo)
    assert memo.waiting_at == {"approve"}


def test_refused_after_it_goes_back_and_everybody_signs_the_next_decision(
    engine: Engine, memo: ProcessDriver
) -> None:
    add(memo, "after", "dai", "gu")
    decide(memo)
    sign(memo, "gu", opinion="可以")

    sign(memo, "dai", agree=False, opinion="预算不足")

    view = page(memo, "bai", memo.key_at("handle"))
    assert (view.mine, view.asked_by, view.request) == (True, "戴维", "预算不足")
    assert [(one.kind, one.state) for one in entries(memo)] == [
        ("sign_after", "done"),
        ("sign_after", "done"),
        ("decision", "cancelled"),
        ("sign_after", "coming"),
        ("sign_after", "coming"),
    ]
    decide(memo)
    sign(memo, "gu")
    assert memo.waiting_at == {"handle"}
    sign(memo, "dai")
    assert memo.waiting_at == {"approve"}
    assert listed(engine, "dai") == ["审批"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_refusal_takes_the_drawn_return_where_the_step_says_so(
    begun: Callable[[str], ProcessDriver], when: str
) -> None:
    strict = begun(STRICT)
    add(strict, when, "dai", "gu")
    if when == "after":
        decide(strict)

    sign(strict, "dai", agree=False, opinion="预算不足")

    assert strict.waiting_at == {"draft"}
    view = page(strict, "an", strict.key_at("draft"))
    assert (view.returned_by, view.returned_reason) == ("白露", "加签人戴维不同意：预算不足")
    assert all(not item.is_live for item in strict.work_items if item.element_id == "handle")


def test_removed_signers_are_not_waited_for(engine: Engine, memo: ProcessDriver) -> None:
    add(memo, "before", "dai")

    do(memo, "bai", CancelParts, parts=[part_of(memo, "dai")], reason="不需要了")

    assert listed(engine, "dai") == []
    decide(memo)
    assert memo.waiting_at == {"approve"}


def test_the_last_removal_lets_the_decision_take_effect(memo: ProcessDriver) -> None:
    add(memo, "after", "dai", "gu")
    key = decide(memo)
    sign(memo, "gu")
    verb = next(one for one in page(memo, "bai", key).verbs if one.verb == "cancel_parts")
    assert verb.effects == ["没有其他加签人时，您的决定立即生效。"]

    memo.engine.execute(
        CancelParts(work_item_key=key, parts=[part_of(memo, "dai")], reason="已电话确认"),
        Actor(login="bai"),
    )

    assert memo.waiting_at == {"approve"}


def test_who_was_removed_is_not_asked_again_for_the_next_decision(memo: ProcessDriver) -> None:
    add(memo, "after", "dai", "gu")
    decide(memo)
    sign(memo, "dai", agree=False)
    key = decide(memo)
    cancel = CancelParts(work_item_key=key, parts=[part_of(memo, "gu")], reason="已电话确认")
    memo.engine.execute(cancel, Actor(login="bai"))

    sign(memo, "dai", agree=False)

    decide(memo)
    sign(memo, "dai")
    assert memo.waiting_at == {"approve"}


def test_a_colleague_does_not_decide_what_waits_for_signatures(memo: ProcessDriver) -> None:
    add(memo, "after", "dai")
    again = CompleteWorkItem(
        work_item_key=decide(memo), outcome="approve", opinion="可行", answers={"points": "要点"}
    )

    with pytest.raises(NotAllowedError, match="waits for added signatures"):
        memo.engine.execute(again, Actor(login="cen"))

    sign(memo, "dai")
    assert memo.waiting_at == {"approve"}


def test_who_decided_looks_on_and_does_not_decide_again(memo: ProcessDriver) -> None:
    add(memo, "after", "dai")
    key = decide(memo)

    view = page(memo, "bai", key)

    assert not view.mine
    assert view.refusal.startswith("您已作出决定")
    assert memo.view(by="bai").my_decisions == [key]
    with pytest.raises(NotAllowedError):
        memo.engine.execute(
            CompleteWorkItem(work_item_key=key, outcome="approve", opinion="再来"),
            Actor(login="bai"),
        )


def test_separation_of_duties_keeps_signers_away(memo: ProcessDriver) -> None:
    with pytest.raises(ValidationFailedError, match="separation") as raised:
        add(memo, "before", "an")

    assert fields_of(raised.value) == {"people"}
    assert memo.waiting_at == {"handle"}


def test_a_signature_is_given_once(memo: ProcessDriver) -> None:
    add(memo, "before", "dai", "gu")
    key = part_of(memo, "dai")
    sign(memo, "dai")

    with pytest.raises(TaskGoneError, match="戴维"):
        memo.engine.execute(
            SignWorkItem(work_item_key=key, agree=False, opinion="改主意"), Actor(login="dai")
        )


def test_what_a_signer_reads_before_signing(memo: ProcessDriver) -> None:
    add(memo, "after", "dai", "gu")
    decide(memo)

    view = page(memo, "dai", part_of(memo, "dai"))

    assert (view.kind, view.asked_by, view.request) == ("sign_after", "白露", "请把关")
    assert {one.verb: list(one.effects) for one in view.verbs if one.allowed} == {
        "agree": ["还需其他 1 人同意。"],
        "refuse": ["回到办理人，由办理人决定下一步。"],
    }
    assert [document.form.id for document in view.documents] == ["memo.draft", "memo.handle"]


def test_time_of_signing_must_be_chosen(memo: ProcessDriver) -> None:
    with pytest.raises(ValidationFailedError) as raised:
        add(memo, "whenever", "dai")

    assert fields_of(raised.value) == {"when"}


def test_where_a_verb_is_not_offered_it_is_not_shown(
    begun: Callable[[str], ProcessDriver],
) -> None:
    strict = begun(STRICT)

    assert verb_at(strict, "bai", "transfer") is None
    assert verb_at(strict, "bai", "sign") is not None
