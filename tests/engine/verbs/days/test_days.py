"""Random models, random verbs: the token model, the rule book and the database agree."""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.engine.bpmn.walks.walking import DifferenceError, Tally
from tests.engine.verbs.days.day import Day
from tests.engine.verbs.days.faults import PLANTED
from tests.engine.verbs.days.office import draw, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.embedded import Embedded

#: 40 models on every database, in blocks that several processes can share.
BLOCKS = 4
MODELS = 10
#: Within so many models a planted fault must be noticed.
ENOUGH = 100
#: The model at which a fault was noticed first, unless among the first two: it is looked at first.
NOTICED_AT = {
    "separation_holds_in_one_direction_only": 30,
    "a_colleague_decides_what_waits_for_signatures": 7,
    "the_delegate_decides": 17,
    "signatures_before_are_not_awaited": 17,
    "signatures_after_are_not_awaited": 9,
    "a_return_leaves_the_other_branches": 17,
    "a_return_goes_to_what_was_undone": 8,
    "straight_back_whatever_has_changed": 58,
    "withdrawn_after_somebody_has_looked": 26,
}
#: What a block must have seen, or it proves nothing.
VERBS = ("ReturnWorkItem", "DelegateWorkItem", "AddSigners", "WithdrawInstance")


@pytest.fixture
def embedded(engine_database_url: str) -> Iterator[Embedded]:
    with closing(office(engine_database_url)) as found:
        yield found


def spend(embedded: Embedded, seed: int, tally: Tally) -> None:
    procedure = draw(embedded, Random(seed), f"day{seed}")  # noqa: S311 - repeatable
    Day(embedded, procedure, Random(seed * 1_000), tally).go()  # noqa: S311 - repeatable


@pytest.mark.parametrize("block", range(BLOCKS))
def test_whatever_people_press_the_rules_hold(embedded: Embedded, block: int) -> None:
    tally = Tally()

    for seed in range(block * MODELS, (block + 1) * MODELS):
        spend(embedded, seed, tally)

    assert tally.counts["days"] == MODELS
    assert [verb for verb in VERBS if not tally.counts[verb]] == []


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_noticed(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    seeds = (NOTICED_AT.get(plant.__name__, 0), *range(ENOUGH))

    with closing(office("sqlite://")) as embedded:
        assert any(is_noticed(embedded, seed) for seed in dict.fromkeys(seeds))


def is_noticed(embedded: Embedded, seed: int) -> bool:
    try:
        spend(embedded, seed, Tally())
    except DifferenceError:
        return True
    return False
