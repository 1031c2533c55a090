"""抄送: copies that are read; their receivers see the matter and do nothing else with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    AddRecusal,
    AddSigners,
    CirculateInstance,
    CompleteWorkItem,
    ReadCopies,
    SignWorkItem,
)
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Bell, BoxCounts, EligiblePeople, InstanceQuery, Narrowing, Worklist
from engine.queries.views import Box
from tests.support.counting import counted
from tests.support.memo import STRICT, STRUCTURES
from tests.support.process_driver import ProcessDriver
from tests.support.verbs import audit_lines, do, fields_of, page, part_of, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.queries.views import WorklistRow
    from engine.runtime import Engine


def send(driver: ProcessDriver, by: str, *people: str, words: str = "请知悉") -> None:
    command = CirculateInstance(instance_key=driver.instance_key, people=list(people), words=words)
    driver.engine.execute(command, Actor(login=by))


def mark(driver: ProcessDriver, by: str, comment: str = "") -> None:
    command = ReadCopies(instance_key=driver.instance_key, comment=comment)
    driver.engine.execute(command, Actor(login=by))


def rows(engine: Engine, login: str, box: Box, search: str = "") -> list[WorklistRow]:
    query = Worklist(box=box, narrowing=Narrowing(search=search))
    return list(engine.ask(query, Actor(login=login)).rows)


def numbers(engine: Engine, login: str) -> dict[str, int]:
    counts = engine.ask(BoxCounts(), Actor(login=login)).counts
    return {box: counts[box].number for box in (Box.TO_READ, Box.READ, Box.SENT)}


@pytest.mark.parametrize("structure", STRUCTURES)
def test_receivers_find_it_to_read_and_the_sender_sees_who_has(
    begun: Callable[[str], ProcessDriver], engine: Engine, structure: str
) -> None:
    driver = begun(structure)
    send(driver, "bai", "gu", "fang")

    assert [(row.sender, row.words, row.unread) for row in rows(engine, "gu", Box.TO_READ)] == [
        ("白露", "请知悉", True)
    ]
    assert numbers(engine, "gu") == {"to_read": 1, "read": 0, "sent": 0}
    mark(driver, "gu", "已了解")

    assert numbers(engine, "gu") == {"to_read": 0, "read": 1, "sent": 0}
    assert [row.outcome for row in rows(engine, "gu", Box.READ, "库房")] == ["已了解"]
    assert rows(engine, "gu", Box.READ, "没有") == []
    (sent,) = rows(engine, "bai", Box.SENT)
    assert [(one.name, one.read_at is not None, one.comment) for one in sent.readers] == [
        ("顾平", True, "已了解"),
        ("方圆", False, ""),
    ]
    view = driver.view(by="bai")
    assert [(one.receiver.name, one.comment) for one in view.copies] == [
        ("顾平", "已了解"),
        ("方圆", ""),
    ]


def test_a_copy_lets_read_and_nothing_else(engine: Engine, memo: ProcessDriver) -> None:
    query = InstanceQuery(instance_key=memo.instance_key)
    with pytest.raises(NotAllowedError):
        engine.ask(query, Actor(login="gu"))
    send(memo, "bai", "gu")

    view = engine.ask(query, Actor(login="gu"))

    assert [document.form.id for document in view.documents] == ["memo.draft"]
    assert [one.mine for one in view.copies] == [True]
    assert [verb.verb for verb in view.verbs if verb.allowed] == []
    assert memo.audit(by="gu")
    lines = engine.ask(Bell(), Actor(login="gu")).lines
    assert [(line.event, line.detail["person"]) for line in lines] == [("circulated", "白露")]
    with pytest.raises(NotAllowedError):
        send(memo, "gu", "fang")
    with pytest.raises(NotAllowedError):
        memo.claim("handle", by="gu")
    mark(memo, "gu")
    assert engine.ask(query, Actor(login="gu")).matter.title


def test_who_has_done_a_step_may_still_send_copies(engine: Engine, memo: ProcessDriver) -> None:
    send(memo, "an", "gu")
    memo.complete("handle", "approve", by="bai", answers={"points": "无"})
    memo.complete("approve", "approve", by="dai")
    assert memo.state == "completed"

    send(memo, "bai", "fang")

    verb = next(one for one in memo.view(by="bai").verbs if one.verb == "circulate")
    assert verb.allowed
    found = engine.ask(
        EligiblePeople(work_item_key=verb.at, purpose="circulate"), Actor(login="bai")
    )
    assert {one.login for one in found.people if one.allowed} >= {"cen", "an"}
    assert [row.state for row in rows(engine, "fang", Box.TO_READ)] == ["completed"]


def test_what_makes_no_sense_is_refused_at_its_field(engine: Engine, memo: ProcessDriver) -> None:
    draft = ProcessDriver.start(engine, "memo", by="an")
    with pytest.raises(WrongStateError):
        send(draft, "an", "gu")
    send(memo, "bai", "gu")
    for people, words in (([], ""), (["gu"], ""), (["bai"], ""), (["ji"], ""), (["nobody"], "")):
        with pytest.raises(ValidationFailedError) as raised:
            send(memo, "bai", *people, words=words)
        assert fields_of(raised.value) == {"people"}
    with pytest.raises(ValidationFailedError):
        send(memo, "bai", "fang", words="长" * 501)
    with pytest.raises(NotAllowedError):
        send(memo, "e", "fang")
    with pytest.raises(WrongStateError):
        mark(memo, "fang")

    assert refusals(engine) == 9
    assert numbers(engine, "bai") == {"to_read": 0, "read": 0, "sent": 1}


def test_sending_and_reading_cost_no_more_than_other_verbs(
    engine: Engine, memo: ProcessDriver
) -> None:
    memo.view(by="bai")
    with counted(engine) as sending:
        send(memo, "bai", "gu", "fang", "dai")
    with counted(engine) as reading:
        mark(memo, "gu")

    assert (sending["commits"], reading["commits"]) == (1, 1)
    assert max(sending["statements"], reading["statements"]) <= 15


HANDLED: dict[str, Any] = {"outcome": "approve", "opinion": "可行", "answers": {"points": "要点"}}


def test_the_model_sends_copies_when_its_step_is_decided(
    begun: Callable[[str], ProcessDriver], engine: Engine
) -> None:
    strict = begun(STRICT)
    key = strict.key_at("handle")
    assert set(page(strict, "bai", key).copy_to) == {"安然", "顾平"}
    strict.complete("handle", "return", by="bai", opinion="请补充")
    assert strict.view(by="bai").copies == []
    strict.complete("draft", by="an", answers={"subject": "关于修缮库房的请示"})
    command = CompleteWorkItem(work_item_key=strict.key_at("handle"), **HANDLED)
    lines = audit_lines(engine)

    with counted(engine) as cost:
        done = engine.execute(command, Actor(login="bai"))

    assert (cost["commits"], audit_lines(engine)) == (1, lines + 1)
    assert cost["statements"] <= 15
    (remark,) = done.remarks
    assert remark.message_zh == "已按流程规定抄送：安然、顾平。"
    assert strict.audit(by="bai")[-1].detail["remark"] == remark.message_zh
    assert [(row.sender, row.words, row.unread) for row in rows(engine, "gu", Box.TO_READ)] == [
        ("白露", "按流程规定抄送。", True)
    ]
    assert [(one.receiver.name, one.ruled) for one in strict.view(by="gu").copies] == [
        ("安然", True),
        ("顾平", True),
    ]


def test_copies_wait_for_signatures_and_leave_out_who_keeps_away(
    begun: Callable[[str], ProcessDriver], engine: Engine
) -> None:
    strict = begun(STRICT)
    do(strict, "bai", AddSigners, people=["fang"], when="after", request="请把关")
    do(strict, "bai", CompleteWorkItem, **HANDLED)
    assert strict.view(by="bai").copies == []

    sign = SignWorkItem(work_item_key=part_of(strict, "fang"), agree=True, opinion="同意")
    done = engine.execute(sign, Actor(login="fang"))

    assert [one.message_zh for one in done.remarks] == ["已按流程规定抄送：安然、顾平。"]
    copies = strict.view(by="bai").copies
    assert [(one.sender.name, one.receiver.name) for one in copies if one.ruled] == [
        ("白露", "安然"),
        ("白露", "顾平"),
    ]
    other = begun(STRICT)
    recusal = AddRecusal(person="gu", instance_key=other.instance_key, reason="亲属关系")
    engine.execute(recusal, Actor(login="he"))
    assert page(other, "bai", other.key_at("handle")).copy_to == ["安然"]
