"""After a correction: straight back, unless something changed that somebody relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.states import Arrival

if TYPE_CHECKING:
    from tests.engine.commands.returns.conftest import Begin
    from tests.support.small_office import Desk


def arrivals(desk: Desk) -> list[tuple[str, str | None, Arrival]]:
    return [
        (item.element_id, item.assignee, item.arrival)
        for item in desk.matter.work_items
        if item.is_open
    ]


def test_unchanged_it_goes_straight_back_to_whoever_returned_it(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve")
    desk.send_back("review", "fill")

    completed = desk.fill()

    assert arrivals(desk) == [("review", "fu", Arrival.RESUME)]
    assert completed.remarks[0].message_zh == ("已直接返回退回人傅（复核），中间环节无需重新办理。")
    assert list(desk.targets("review")) == ["approve", "fill"]
    desk.do("review", "publish")
    assert desk.matter.state == "completed"


def test_a_change_that_nobody_relied_on_forces_nothing(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")
    desk.send_back("publish", "fill", policy="resume")

    desk.fill(place="西区")

    assert desk.waiting_at == ["publish"]


def test_a_change_that_a_later_approver_relied_on_forces_every_step(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")
    desk.send_back("publish", "fill", policy="resume")

    completed = desk.fill(amount="980")

    assert arrivals(desk) == [("approve", "shen", Arrival.FLOW)]
    assert [one.message_zh for one in completed.remarks] == [
        "“金额”已修改，沈办理“审批”时曾以此为据，须重新办理。",
        "“金额”已修改，傅办理“复核”时曾以此为据，须重新办理。",
    ]
    desk.do("approve")
    assert desk.waiting_at == ["review"]


def test_who_returns_it_may_choose(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")
    desk.send_back("publish", "approve", policy="replay")

    desk.do("approve")

    assert desk.waiting_at == ["review"]


def test_another_outcome_forces_every_step(begin: Begin) -> None:
    desk = begin("back_loop")
    desk.do("visit")
    desk.do("confirm", outcome="enough")
    desk.send_back("publish", "confirm")

    desk.do("confirm", outcome="more")

    assert desk.waiting_at == ["visit"]


def test_parallel_tasks_and_approvals_are_put_back(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first")
    desk.matter.claim("finance", by="cai")
    desk.send_back("legal_second", "fill")
    assert desk.waiting_at == ["fill"]

    desk.fill()

    assert desk.waiting_at == ["finance", "legal_second"]
    desk.do("finance")
    assert desk.waiting_at == ["legal_second"]
    desk.do("legal_second")
    assert desk.waiting_at == ["publish"]


def test_a_given_approval_beside_is_put_back_too(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first", "finance")
    desk.send_back("legal_second", "fill")

    desk.fill()

    assert desk.waiting_at == ["legal_second"]
    desk.do("legal_second")
    assert desk.waiting_at == ["publish"]


def test_what_finance_relied_on_brings_all_branches_back(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first", "finance")
    desk.send_back("legal_second", "fill")

    completed = desk.fill(amount="1")

    assert desk.waiting_at == ["finance", "legal_first"]
    assert "蔡办理“财务审核”时曾以此为据" in "".join(r.message_zh for r in completed.remarks)


def test_from_behind_the_join_straight_back(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first", "legal_second", "finance")
    desk.send_back("publish", "legal_second")

    desk.do("legal_second")

    assert arrivals(desk) == [("publish", "ban", Arrival.RESUME)]


def test_straight_back_into_a_called_process(begin: Begin) -> None:
    desk = begin("back_called")
    desk.do("visit")
    desk.send_back("confirm", "fill")

    desk.fill()

    assert arrivals(desk) == [("confirm", "fu", Arrival.RESUME)]
    assert list(desk.targets("confirm")) == ["survey/visit", "fill"]
    desk.do("confirm", "publish")
    assert desk.matter.state == "completed"


def test_straight_back_out_of_a_called_process(begin: Begin) -> None:
    desk = begin("back_called")
    desk.do("visit", "confirm")
    desk.send_back("publish", "survey/visit")

    desk.do("visit")

    assert arrivals(desk) == [("publish", "ban", Arrival.RESUME)]


def test_straight_back_out_of_a_sub_process(begin: Begin) -> None:
    desk = begin("back_sub_process")
    desk.do("check", "check_again")
    desk.send_back("publish", "inspection/check")

    desk.do("check")

    assert arrivals(desk) == [("publish", "ban", Arrival.RESUME)]


def test_two_returns_one_after_the_other_come_back_one_by_one(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")
    desk.send_back("publish", "review", policy="resume")
    desk.send_back("review", "fill")

    desk.fill()
    assert arrivals(desk) == [("review", "fu", Arrival.RESUME)]
    desk.do("review")

    assert arrivals(desk) == [("publish", "ban", Arrival.RESUME)]
