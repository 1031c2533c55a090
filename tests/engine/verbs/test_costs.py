"""Every verb is one commit of at most 15 statements, and one audit line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    AddSigners,
    AnswerConsultation,
    CancelParts,
    CompleteWorkItem,
    ConsultPeople,
    DelegateWorkItem,
    HandBackWorkItem,
    SaveDraft,
    SignWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
    UrgeInstance,
)
from engine.model.participants import Actor
from tests.support.counting import counted
from tests.support.verbs import audit_lines, do, page, part_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

    Given = dict[str, Any]

ASK: Given = {"people": ["fang", "gu", "dai"], "request": "请把关"}
APPROVE: Given = {"outcome": "approve", "opinion": "可行", "answers": {"points": "要点"}}


def a_draft(driver: ProcessDriver) -> str:
    do(driver, "bai", SaveDraft, answers={"points": "初步意见"})
    return driver.key_at("handle")


def a_delegation(driver: ProcessDriver) -> str:
    a_draft(driver)
    do(driver, "bai", DelegateWorkItem, to="cen", reason="请核对")
    return driver.key_at("handle")


def questions(driver: ProcessDriver) -> str:
    do(driver, "bai", ConsultPeople, **ASK)
    return driver.key_at("handle")


def a_question(driver: ProcessDriver) -> str:
    questions(driver)
    return part_of(driver, "gu")


def signers(driver: ProcessDriver) -> str:
    do(driver, "bai", AddSigners, when="after", **ASK)
    return a_draft(driver)


def a_decision(driver: ProcessDriver) -> str:
    key = signers(driver)
    do(driver, "bai", CompleteWorkItem, **APPROVE)
    return key


def a_turn(driver: ProcessDriver) -> str:
    a_decision(driver)
    return part_of(driver, "gu")


def the_last_turn(driver: ProcessDriver) -> str:
    a_decision(driver)
    for login in ("fang", "dai"):
        command = SignWorkItem(work_item_key=part_of(driver, login), agree=True, opinion="同意")
        driver.engine.execute(command, Actor(login=login))
    return part_of(driver, "gu")


@pytest.mark.parametrize(
    ("before", "by", "verb", "given"),
    [
        (a_draft, "bai", TransferWorkItem, {"to": "cen", "reason": "出差"}),
        (a_draft, "bai", DelegateWorkItem, {"to": "cen", "reason": "请核对"}),
        (a_delegation, "cen", HandBackWorkItem, {"opinion": "无误"}),
        (a_delegation, "bai", TakeBackWorkItem, {"reason": "不等了"}),
        (a_draft, "bai", ConsultPeople, ASK),
        (a_question, "gu", AnswerConsultation, {"opinion": "合理"}),
        (a_draft, "bai", AddSigners, {"when": "before", **ASK}),
        (signers, "bai", CompleteWorkItem, APPROVE),
        (a_turn, "gu", SignWorkItem, {"agree": True, "opinion": "同意"}),
        (a_turn, "gu", SignWorkItem, {"agree": False, "opinion": "不同意"}),
        (the_last_turn, "gu", SignWorkItem, {"agree": True, "opinion": "同意"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_verb_is_one_commit_of_at_most_15_statements_and_one_audit_line(
    engine: Engine,
    memo: ProcessDriver,
    before: Callable[[ProcessDriver], str],
    by: str,
    verb: type[Any],
    given: Given,
) -> None:
    command = verb(work_item_key=before(memo), **given)
    page(memo, by, command.work_item_key)  # definitions are read once and kept
    lines = audit_lines(engine)

    with counted(engine) as counts:
        engine.execute(command, Actor(login=by))

    assert counts["commits"] == 1
    assert counts["statements"] <= 15
    assert audit_lines(engine) == lines + 1


def test_urging_a_post_costs_no_more(engine: Engine, memo: ProcessDriver) -> None:
    command = UrgeInstance(instance_key=memo.instance_key, words="请抓紧")
    memo.view(by="an")

    with counted(engine) as counts:
        engine.execute(command, Actor(login="an"))

    assert counts["commits"] == 1
    assert counts["statements"] <= 15


def test_taking_questions_back_costs_no_more(engine: Engine, memo: ProcessDriver) -> None:
    key = questions(memo)
    parts = [part_of(memo, login) for login in ("fang", "gu")]
    command = CancelParts(work_item_key=key, parts=parts, reason="不必了")

    with counted(engine) as counts:
        engine.execute(command, Actor(login="bai"))

    assert counts["commits"] == 1
    assert counts["statements"] <= 15
