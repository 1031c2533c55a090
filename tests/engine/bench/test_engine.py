"""The interpreter beside the plain library, on a small scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bench.engine import Goal
from engine.bench.engine_cycle import OurPlayer, StockPlayer
from engine.bench.engine_model import review_model
from engine.xml import parse_xml

if TYPE_CHECKING:
    from engine.bench.engine_cycle import Player


@pytest.mark.parametrize("plain", [False, True])
def test_the_model_has_24_shapes(plain: bool) -> None:
    names = [node.tag.rpartition("}")[2] for node in parse_xml(review_model(plain=plain))[0]]

    assert len(names) - names.count("sequenceFlow") == 24


@pytest.mark.parametrize("player", [OurPlayer(), StockPlayer()])
def test_both_play_the_same_way(player: Player) -> None:
    way = ("complete", "approve", "return", "complete", "approve")
    state = player.begin()
    for outcome in way:
        state = player.cycle(state, outcome)

    assert "review_2" in state
    # Not saved between, it is the same state; keys and times of the library are its own.
    assert len(player.after(way)) == pytest.approx(len(state), rel=0.01)


def test_a_goal_is_met_from_its_own_side() -> None:
    assert Goal("ratio", 10, 10, at_least=True).met
    assert not Goal("ratio", 9.9, 10, at_least=True).met
    assert Goal("late", 2, 2).met
    assert not Goal("late", 2.1, 2).met
