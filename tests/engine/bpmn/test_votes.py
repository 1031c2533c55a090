"""Votes in the interpreter: a round waits for its voters, and its result is the diagram's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import TokenGoneError, WaitKind
from engine.model.voting import RoundState, Voter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


def test_a_round_ends_as_soon_as_it_is_decided(run: Callable[..., Run]) -> None:
    case = run("vote")
    assert [wait.kind for wait in case.waits] == [WaitKind.VOTERS]
    case.begin_vote(["li", "wang", "zhao"])
    assert [wait.assignee for wait in case.waits] == ["li", "wang", "zhao"]

    case.complete("countersign", outcome="agree")
    last = case.wait("countersign").token_id
    case.interpreter.complete(last, {"outcome": "agree"}, now=case.now)

    assert case.end_events == ("passed",)
    (change,) = case.interpreter.take_rounds()
    assert (change.state, change.tally.agreed, change.tally.cast) == (RoundState.PASSED, 2, 2)


def test_voters_join_and_leave(run: Callable[..., Run]) -> None:
    case = run("vote")
    case.begin_vote(["li", "wang"])
    first = case.wait("countersign").token_id
    case.interpreter.add_voters(first, [Voter("zhao", 2)], now=case.now)
    assert case.interpreter.tally_of(first).total == 4

    case.interpreter.remove_voters([first], now=case.now)
    case.complete("countersign", outcome="refuse")

    assert not case.is_completed  # 2 of 3 are enough
    with pytest.raises(TokenGoneError):
        case.interpreter.remove_voters([first], now=case.now)
    case.complete("countersign", outcome="agree")
    assert case.end_events == ("passed",)
