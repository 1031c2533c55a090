"""Return, withdrawal and move: what is ended is known before and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import JumpRefusedError
from engine.bpmn.marking import Marking
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_return_to_an_earlier_step(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "legal_first", "legal_second", "finance"):
        case.complete(element_id)

    effect = case.jump("publish", "fill")

    assert [token.element_id for token in effect.cancelled] == ["publish"]
    assert case.waiting_at == ["fill"]
    case.complete("fill")
    assert case.waiting_at == ["finance", "legal_first"]


def test_return_inside_a_branch_leaves_the_others(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    case.complete("fill")
    case.complete("legal_first")

    case.jump("legal_second", "legal_first")

    assert case.waiting_at == ["finance", "legal_first"]
    for element_id in ("legal_first", "legal_second", "finance"):
        assert "publish" not in case.waiting_at
        case.complete(element_id)
    assert case.waiting_at == ["publish"]


def test_return_before_the_split_ends_all_branches_and_arrivals(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    case.complete("fill")
    case.complete("finance")
    token = case.wait("legal_first").token_id
    foreseen = case.interpreter.preview_jump([token], "fill")

    effect = case.jump("legal_first", "fill")

    assert foreseen.cancelled == effect.cancelled
    assert effect.forgotten == ("to_join_from_finance",)
    case.complete("fill")
    assert case.waiting_at == ["finance", "legal_first"]
    case.complete("legal_first")
    case.complete("legal_second")
    assert case.waiting_at == ["finance"]


def test_return_into_a_finished_block_repeats_that_branch_only(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "legal_first", "legal_second", "finance"):
        case.complete(element_id)

    effect = case.jump("publish", "legal_second")

    assert effect.assumed == ("to_join_from_finance",)
    assert case.waiting_at == ["legal_second"]
    case.complete("legal_second")
    assert case.waiting_at == ["publish"]


def test_another_parallel_branch_is_refused(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    case.complete("fill")
    before = case.state

    with pytest.raises(JumpRefusedError):
        case.jump("finance", "legal_second")

    token = case.wait("finance").token_id
    assert case.interpreter.jump_targets([token]) == ("fill", "finance", "publish", "done")
    assert case.interpreter.dump() == before


def test_out_of_a_sub_process(run: Callable[..., Run]) -> None:
    case = run("error_events")

    effect = case.jump("hold", "booking")

    assert [token.element_id for token in effect.cancelled] == ["booking"]
    assert case.waiting_at == ["hold"]
    assert "hold" in case.cancelled


def test_return_from_an_event_sub_process_listens_again(run: Callable[..., Run]) -> None:
    case = run("event_sub_process")
    case.signal("stop")
    assert case.waiting_at == ["clean_up"]

    case.jump("clean_up", "review")

    assert case.waiting_at == ["late", "question_asked", "review", "stopped"]


def test_return_behind_an_event_gateway(run: Callable[..., Run]) -> None:
    case = run("message_events", letter=1)

    case.jump("answered", "review")

    assert case.waiting_at == ["asked_again", "review", "withdrawn"]


def test_timers_of_the_step_left_are_gone(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")

    case.jump("review", "date_reached")

    assert case.waiting_at == ["date_reached"]


def test_votes_are_known_before_they_are_thrown_away(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=["wang", "li", "zhao"])
    case.complete("countersign", outcome="yes")
    inside = {wait.token_id for wait in case.waits if wait.element_id == "countersign"}

    case.jump("countersign", "publish")

    assert case.passed.count("countersign") == 1
    assert case.cancelled.count("countersign") == len(inside) + 1


def test_into_a_finished_sub_process(run: Callable[..., Run]) -> None:
    case = run("sub_process", amount=1)
    case.complete("look", inner_amount=1)

    effect = case.jump("publish", "look")

    assert effect.entered == ("check",)
    assert effect.token_id == case.wait("look").token_id
    assert case.waiting_at == ["look"]
    case.complete("look", inner_amount=1)
    assert case.waiting_at == ["publish"]
    case.complete("publish")
    assert case.is_completed


def test_unknown_targets_and_tokens_are_refused(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")

    for target in ("split", "nowhere", "requested"):
        with pytest.raises(JumpRefusedError):
            case.jump("fill", target)
    with pytest.raises(WrongStateError):
        case.interpreter.preview_jump(["zz"], "fill")


def test_withdrawal_moves_everything_that_waits(run: Callable[..., Run]) -> None:
    case = run("event_sub_process")
    case.complete("review")
    case.message("question")
    tokens = [wait.token_id for wait in case.waits]

    case.interpreter.jump(tokens, "review", now=case.now)

    waiting = sorted(wait.element_id for wait in case.interpreter.waits())
    assert waiting == ["late", "question_asked", "review", "stopped"]


def test_return_before_a_complex_gateway_forgets_its_late_tokens(run: Callable[..., Run]) -> None:
    case = run("complex_gateway")
    case.complete("a")
    case.complete("b")
    tokens = [wait.token_id for wait in case.waits]
    assert case.waiting_at == ["c", "publish"]

    case.interpreter.jump(tokens, "begin", now=case.now)
    case._after()

    assert case.waiting_at == ["a", "b", "c"]
    case.complete("c")
    case.complete("a")
    assert case.waiting_at == ["b", "publish"]


def test_return_into_the_block_of_a_complex_gateway(run: Callable[..., Run]) -> None:
    case = run("complex_gateway")
    for element_id in ("a", "b", "c"):
        case.complete(element_id)

    case.jump("publish", "a")

    assert case.waiting_at == ["a"]
    case.complete("a")
    assert case.waiting_at == ["publish"]


def test_a_branch_that_waits_at_its_join_is_entered_again(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "legal_first", "legal_second"):
        case.complete(element_id)
    assert case.waiting_at == ["finance"]

    effect = case.interpreter.re_enter("1", "legal_second", now=case.now)
    case._after()

    assert effect.forgotten == ("to_join_from_legal_second",)
    assert case.waiting_at == ["finance", "legal_second"]
    case.complete("finance")
    assert case.waiting_at == ["legal_second"]
    case.complete("legal_second")
    assert case.waiting_at == ["publish"]


def test_a_branch_at_work_goes_back_without_its_neighbours(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    case.complete("fill")
    case.complete("legal_first")

    case.interpreter.re_enter("1", "legal_first", now=case.now)
    case._after()

    assert case.waiting_at == ["finance", "legal_first"]


@pytest.mark.parametrize("target", ["fill", "publish", "nowhere", "legal_first"])
def test_only_a_branch_that_was_not_joined_is_entered_again(
    run: Callable[..., Run], target: str
) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "legal_first", "legal_second", "finance"):
        case.complete(element_id)

    with pytest.raises(JumpRefusedError):
        case.interpreter.re_enter("1", target, now=case.now)


def test_what_a_jump_ended_is_put_back(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "finance", "legal_first"):
        case.complete(element_id)
    effect = case.jump("legal_second", "fill")
    assert case.waiting_at == ["fill"]
    kept = Marking.from_text(effect.marking.to_text())

    case.interpreter.restore([case.wait("fill").token_id], kept, now=case.now)
    case._after()

    assert case.waiting_at == ["legal_second"]
    case.complete("legal_second")
    assert case.waiting_at == ["publish"]


def test_votes_are_put_back_with_the_countersign(run: Callable[..., Run]) -> None:
    case = run("multi_instance_parallel", signers=["wang", "li", "zhao"])
    case.complete("countersign", outcome="yes")
    effect = case.jump("countersign", "publish")

    case.interpreter.restore([case.wait("publish").token_id], effect.marking, now=case.now)
    case._after()

    assert case.waiting_at.count("countersign") == 2
    case.complete("countersign", outcome="yes")
    assert case.waiting_at == ["publish"]
    assert case.passed.count("countersign") == 3


def test_a_sub_process_is_put_back_in_its_middle(run: Callable[..., Run]) -> None:
    case = run("sub_process", amount=1)
    effect = case.jump("look", "publish")
    assert case.waiting_at == ["publish"]

    case.interpreter.restore([case.wait("publish").token_id], effect.marking, now=case.now)
    case._after()

    assert case.waiting_at == ["look"]
    case.complete("look", inner_amount=1)
    assert case.waiting_at == ["publish"]


def test_nothing_is_put_back_where_something_else_has_begun(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    for element_id in ("fill", "finance", "legal_first"):
        case.complete(element_id)
    marking = case.jump("legal_second", "fill").marking
    case.complete("fill")

    with pytest.raises(JumpRefusedError):
        case.interpreter.restore([case.wait("finance").token_id], marking, now=case.now)
