"""Where a matter can be returned to in every structure, what that does, and that it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.errors import WrongStateError

if TYPE_CHECKING:
    from tests.engine.commands.returns.conftest import Begin


def test_a_sequence_goes_back_to_any_step_before(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")

    targets = desk.targets("publish")

    assert list(targets) == ["review", "approve", "fill"]
    assert targets["review"].marks == ["上一环节"]
    assert targets["fill"].marks == ["发起人"]
    assert targets["fill"].person == "安"
    assert targets["fill"].effects[0] == ("逐级重新办理时，“审批”（沈）、“复核”（傅）需重新办理。")


def test_after_a_return_nothing_can_be_skipped(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve", "review")
    desk.send_back("publish", "approve")

    assert desk.waiting_at == ["approve"]
    assert list(desk.targets("approve")) == ["fill"]
    with pytest.raises(WrongStateError):
        desk.send_back("approve", "review")
    desk.do("approve")
    assert desk.waiting_at == ["review"]


def test_before_the_split_all_branches_end(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first")

    target = desk.targets("legal_second")["fill"]
    desk.send_back("legal_second", "fill", seen=target.seen)

    assert target.effects[0] == "将撤销 1 个并行任务：“财务审核”。"
    assert desk.waiting_at == ["fill"]
    desk.fill(amount="900")
    assert desk.waiting_at == ["finance", "legal_first"]


def test_a_finished_branch_is_named_when_it_has_to_be_done_again(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("finance")

    effects = desk.targets("legal_first")["fill"].effects

    assert effects == ["“财务审核”（蔡）需重新办理。"]


def test_inside_a_branch_the_others_stay(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first", "finance")

    target = desk.targets("legal_second")["legal_first"]
    desk.send_back("legal_second", "legal_first")

    assert "“财务审核”（蔡）的意见保留，不需重新办理。" in target.effects
    assert desk.waiting_at == ["legal_first"]
    desk.do("legal_first", "legal_second")
    assert desk.waiting_at == ["publish"]


def test_into_a_finished_branch_only_that_branch_is_done_again(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first", "legal_second", "finance")
    targets = desk.targets("publish")
    assert targets["finance"].marks == targets["legal_second"].marks == ["上一环节"]

    desk.send_back("publish", "legal_first")

    assert desk.waiting_at == ["legal_first"]
    assert list(desk.targets("legal_first")) == ["fill"]


def test_another_branch_is_no_target(begin: Begin) -> None:
    desk = begin("back_parallel")
    desk.do("legal_first")

    assert list(desk.targets("finance")) == ["fill"]
    with pytest.raises(WrongStateError):
        desk.send_back("finance", "legal_first")


def test_nested_branches_end_as_far_as_they_are_left(begin: Begin) -> None:
    desk = begin("back_nested")
    desk.do("check", "legal_first")

    targets = desk.targets("legal_second")
    desk.send_back("legal_second", "check")

    assert targets["check"].effects[0] == "“法务初审”（法）需重新办理。"
    assert targets["fill"].effects[0] == "将撤销 1 个并行任务：“财务审核”。"
    assert desk.waiting_at == ["check", "finance"]
    desk.do("check")
    assert desk.waiting_at == ["finance", "legal_first", "legal_second"]


def test_from_behind_all_joins_into_the_inner_block(begin: Begin) -> None:
    desk = begin("back_nested")
    desk.do("check", "legal_first", "legal_second", "finance", "verify")

    desk.send_back("publish", "legal_second")

    assert desk.waiting_at == ["legal_second"]
    desk.do("legal_second", "verify")
    assert desk.waiting_at == ["publish"]


def test_out_of_a_sub_process_and_into_a_finished_one(begin: Begin) -> None:
    desk = begin("back_sub_process")
    desk.do("check")
    inside = desk.targets("check_again")
    assert list(inside) == ["inspection/check", "fill"]
    assert "“检验”中止，须重新进入。" in inside["fill"].effects
    assert "“检验”中止，须重新进入。" not in inside["inspection/check"].effects
    desk.do("check_again")

    desk.send_back("publish", "inspection/check_again")

    assert desk.waiting_at == ["check_again"]
    desk.do("check_again")
    assert desk.waiting_at == ["publish"]


def test_out_of_a_called_process_and_into_a_finished_one(begin: Begin) -> None:
    desk = begin("back_called")
    desk.do("visit")
    assert list(desk.targets("confirm")) == ["survey/visit", "fill"]
    desk.do("confirm")
    assert list(desk.targets("publish")) == ["survey/confirm", "survey/visit", "fill"]

    desk.send_back("publish", "survey/visit")

    assert desk.waiting_at == ["visit"]
    assert list(desk.targets("visit")) == ["fill"]
    desk.do("visit")
    assert desk.waiting_at == ["publish"]


def test_back_to_the_caller_ends_the_called_process(begin: Begin) -> None:
    desk = begin("back_called")
    desk.do("visit")

    desk.send_back("confirm", "fill")
    desk.fill(amount="900")

    assert desk.waiting_at == ["visit"]
    desk.do("visit")
    assert list(desk.targets("confirm")) == ["survey/visit", "fill"]


def test_a_loop_goes_back_within_its_round_and_before_it(begin: Begin) -> None:
    desk = begin("back_loop")
    desk.do("visit")
    desk.do("confirm", outcome="more")
    assert list(desk.targets("visit")) == ["confirm", "fill"]
    desk.do("visit")

    desk.send_back("confirm", "visit")

    assert desk.waiting_at == ["visit"]
    desk.do("visit")
    desk.do("confirm", outcome="enough")
    desk.send_back("publish", "fill")
    desk.fill()
    assert desk.waiting_at == ["visit"]


def test_the_same_person_gets_the_step_again(begin: Begin) -> None:
    desk = begin("back_sequence")
    desk.do("approve")

    desk.send_back("review", "fill")

    (item,) = [item for item in desk.matter.work_items if item.is_open]
    assert (item.assignee, item.sender) == ("an", "fu")
