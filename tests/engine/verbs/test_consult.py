"""征求意见: several people answer in words, the task stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import (
    AnswerConsultation,
    CancelParts,
    CompleteWorkItem,
    ConsultPeople,
    TransferWorkItem,
)
from engine.errors import NotAllowedError, TaskGoneError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Box
from tests.support.memo import STRICT, STRUCTURES
from tests.support.verbs import do, entries, fields_of, listed, page, part_of, verb_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def answer(driver: ProcessDriver, by: str, opinion: str = "无异议") -> None:
    command = AnswerConsultation(work_item_key=part_of(driver, by), opinion=opinion)
    driver.engine.execute(command, Actor(login=by))


@pytest.fixture
def asked(memo: ProcessDriver) -> ProcessDriver:
    """Give a memo at which bai has asked fang and gu."""
    do(memo, "bai", ConsultPeople, people=["fang", "gu"], request="价格是否合理？")
    return memo


@pytest.mark.parametrize("structure", STRUCTURES)
def test_answers_stand_under_the_task_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = begun(structure)
    do(driver, "bai", ConsultPeople, people=["fang", "gu"], request="价格是否合理？")

    answer(driver, "gu", "合理")

    found = [(one.person.name, one.state, one.opinion) for one in entries(driver)]
    assert found == [("方圆", "current", ""), ("顾平", "done", "合理")]
    assert driver.people_at("handle") >= {"bai"}


def test_those_who_are_asked_see_question_and_papers_and_only_answer(
    engine: Engine, asked: ProcessDriver
) -> None:
    view = page(asked, "gu", part_of(asked, "gu"))

    assert (view.mine, view.kind, view.asked_by) == (True, "consult", "白露")
    assert view.request == "价格是否合理？"
    assert [document.form.id for document in view.documents] == ["memo.draft"]
    assert (view.form, view.outcomes) == (None, [])
    assert [one.verb for one in view.verbs if one.allowed] == ["answer"]
    assert listed(engine, "gu") == ["承办"]
    with pytest.raises(WrongStateError):
        engine.execute(
            CompleteWorkItem(work_item_key=view.key, outcome="approve"), Actor(login="gu")
        )


def test_the_task_becomes_the_askers(engine: Engine, asked: ProcessDriver) -> None:
    assert asked.people_at("handle") == {"bai"}
    assert listed(engine, "cen") == []
    assert listed(engine, "bai") == ["承办"]


def test_the_task_is_decided_meanwhile_and_the_questions_end(
    engine: Engine, asked: ProcessDriver
) -> None:
    key = part_of(asked, "gu")

    asked.complete("handle", "approve", by="bai", answers={"points": "无"})

    assert listed(engine, "gu") == []
    assert [entry.state for entry in entries(asked)] == ["cancelled", "cancelled"]
    with pytest.raises(TaskGoneError):
        engine.execute(AnswerConsultation(work_item_key=key, opinion="晚了"), Actor(login="gu"))


def test_what_was_answered_is_among_what_was_done(engine: Engine, asked: ProcessDriver) -> None:
    answer(asked, "gu")

    assert listed(engine, "gu", Box.DONE) == ["承办"]
    with pytest.raises(TaskGoneError, match="completed by 顾平"):
        engine.execute(
            AnswerConsultation(work_item_key=str(asked.work_items[-1].key), opinion="再答"),
            Actor(login="gu"),
        )


def test_a_thread_goes_on_with_the_next_question(asked: ProcessDriver) -> None:
    answer(asked, "gu", "请说明依据")

    do(asked, "bai", ConsultPeople, people=["gu"], request="依据是去年合同。可以吗？")
    answer(asked, "gu", "可以")

    thread = [(one.request, one.opinion) for one in entries(asked) if one.person.name == "顾平"]
    assert thread == [("价格是否合理？", "请说明依据"), ("依据是去年合同。可以吗？", "可以")]


def test_the_same_person_is_not_asked_twice_at_once(asked: ProcessDriver) -> None:
    with pytest.raises(ValidationFailedError, match="asked already") as raised:
        do(asked, "bai", ConsultPeople, people=["gu"], request="再问")

    assert fields_of(raised.value) == {"people"}


def test_where_answers_are_required_the_decision_waits_for_them(
    begun: Callable[[str], ProcessDriver],
) -> None:
    strict = begun(STRICT)
    do(strict, "bai", ConsultPeople, people=["fang", "gu"], request="可以吗？")
    answer(strict, "gu")

    with pytest.raises(WrongStateError, match="方圆"):
        strict.complete("handle", "approve", by="bai")
    answer(strict, "fang")
    strict.complete("handle", "approve", by="bai")

    assert strict.waiting_at == {"approve"}


def test_a_question_is_taken_back_by_who_asked(engine: Engine, asked: ProcessDriver) -> None:
    parts = [part_of(asked, "gu")]
    with pytest.raises(ValidationFailedError):
        do(asked, "cen", CancelParts, parts=parts, reason="不必了")

    do(asked, "bai", CancelParts, parts=parts, reason="不必了")

    assert listed(engine, "gu") == []
    assert listed(engine, "fang") == ["承办"]
    assert {one.person.name: one.state for one in entries(asked)} == {
        "方圆": "current",
        "顾平": "cancelled",
    }


def test_questions_go_along_with_a_transfer(asked: ProcessDriver) -> None:
    verb = verb_at(asked, "bai", "transfer")
    assert verb is not None
    assert verb.effects[-1].startswith("有 2 项征求意见或加签尚未答复")

    do(asked, "bai", TransferWorkItem, to="cen", reason="出差")
    answer(asked, "gu", "合理")
    do(asked, "cen", CancelParts, parts=[part_of(asked, "fang")], reason="不必了")

    assert [one.kind for one in entries(asked)] == ["consult", "consult", "transfer"]


def test_nobody_else_answers(engine: Engine, asked: ProcessDriver) -> None:
    key = part_of(asked, "gu")

    with pytest.raises(NotAllowedError):
        engine.execute(AnswerConsultation(work_item_key=key, opinion="我来"), Actor(login="cen"))


def test_an_unsubmitted_draft_is_nobody_elses_business(engine: Engine) -> None:
    from tests.support.process_driver import ProcessDriver

    draft = ProcessDriver.start(engine, "memo", by="an")

    verb = verb_at(draft, "an", "consult", at="draft")

    assert verb is not None
    assert (verb.allowed, verb.reason) == (False, "事项尚未提交，不能征求意见；请先提交。")
