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
from tests.support.databases import without_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.embedded import Embedded
    from tests.support.databases import ThrowawayDatabases

#: Models on every database, in blocks that several processes can share.
BLOCKS = 4
MODELS = 8
#: Within so many models a planted fault must be noticed.
ENOUGH = 40
#: What a block must have seen, or it proves nothing.
VERBS = (
    *("ReturnWorkItem", "DelegateWorkItem", "AddSigners", "WithdrawInstance", "RecallWorkItem"),
    "for another",
)


@pytest.fixture
def embedded(engine_database_url: str) -> Iterator[Embedded]:
    with closing(office(engine_database_url)) as found:
        yield found


def spend(embedded: Embedded, seed: int, tally: Tally, keen: str = "") -> None:
    procedure = draw(embedded, Random(seed), f"day{seed}")  # noqa: S311 - repeatable
    Day(embedded, procedure, Random(seed * 1_000), tally, keen).go()  # noqa: S311 - repeatable


@pytest.mark.parametrize("block", range(BLOCKS))
def test_whatever_people_press_the_rules_hold(embedded: Embedded, block: int) -> None:
    tally = Tally()

    for seed in range(block * MODELS, (block + 1) * MODELS):
        spend(embedded, seed, tally)

    assert tally.counts["days"] == MODELS
    assert [verb for verb in VERBS if not tally.counts[verb]] == []


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: str(plant.__name__))
def test_a_planted_fault_is_noticed(
    plant: Callable[[pytest.MonkeyPatch], None],
    throwaway_databases: Callable[[str], ThrowawayDatabases],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(monkeypatch)

    databases = throwaway_databases("sqlite")
    with (
        databases.copy("without_records", without_records) as url,
        closing(office(url)) as embedded,
    ):
        keen, first = PLANTED[plant]
        assert any(is_noticed(embedded, first + day, keen) for day in range(ENOUGH))


def is_noticed(embedded: Embedded, seed: int, keen: str = "") -> bool:
    try:
        spend(embedded, seed, Tally(), keen)
    except DifferenceError:
        return True
    return False
