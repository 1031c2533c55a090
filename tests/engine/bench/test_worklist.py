"""The crowded office on a small scale: its rows fit together and every look is measured."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from engine.bench.crowd import BUSIEST, Settle, places
from engine.bench.crowd_fill import CrowdedOffice
from engine.bench.worklist import GOALS, measure_lists, report
from engine.clock import FakeClock
from engine.model.participants import Actor
from engine.model.pools import pools_of
from engine.queries import Box, Worklist
from engine.store.entries import headline_of
from engine.store.tables import process_instance, work_item, worklist_entry
from engine.store.work_items import WorkItems
from tests.support.databases import OPENING, migrated
from tests.support.furniture import engine_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.runtime import Engine
    from tests.support.databases import ThrowawayDatabases


def crowded_office(url: str) -> None:
    """Fill an empty database with an office of 200 open and 400 finished work items."""
    migrated(url)
    with (
        tempfile.TemporaryDirectory() as data_dir,
        engine_on(url, Path(data_dir), FakeClock(OPENING)) as engine,
    ):
        CrowdedOffice(engine).grow(open_items=200, finished_items=400)


@pytest.fixture
def crowded(
    database_kind: str,
    throwaway_databases: Callable[[str], ThrowawayDatabases],
    tmp_path: Path,
    clock: FakeClock,
) -> Iterator[Engine]:
    """Give the crowded office."""
    if database_kind != "postgresql":
        pytest.skip("the generator fills PostgreSQL from inside")
    with (
        throwaway_databases(database_kind).copy("crowded_office", crowded_office) as url,
        engine_on(url, tmp_path / "var", clock) as engine,
    ):
        yield engine


def test_what_is_copied_is_what_the_engine_would_have_written(crowded: Engine) -> None:
    with crowded.database.session(write=False) as session:
        keys = session.execute(
            select(work_item.c.key).where(work_item.c.state.in_(("offered", "claimed")))
        ).scalars()
        items = [WorkItems(session).get(key) for key in keys]
        listed = {
            (row.pool, row.work_item_key)
            for row in session.execute(
                select(worklist_entry.c.pool, worklist_entry.c.work_item_key)
            )
        }
        finished = session.execute(
            select(func.count()).where(work_item.c.state == "completed")
        ).scalar_one()

    generated = [item for item in items if item is not None]
    assert finished == 400
    assert len(generated) >= 200
    assert listed == {(pool, item.key) for item in generated for pool in pools_of(item)}


def test_every_goal_is_measured(crowded: Engine) -> None:
    small = measure_lists(crowded, looks=20, among=places())
    large = measure_lists(crowded, looks=20, among=places())

    found = report(small, large)

    assert set(found) >= {*GOALS, "missed", "ratios", "large", "small"}
    assert found["p95_ms"] > 0
    assert found["large"]["rows"]["work_item"] >= 600
    assert found["large"]["sizes"]["worklist_entry"] > 0
    assert sum(one["looks"] for one in found["large"]["looks"].values()) == 20


def test_the_busiest_person_is_offered_a_tenth_of_all_work(crowded: Engine) -> None:
    page = crowded.ask(Worklist(box=Box.TODO), Actor(login=BUSIEST))

    assert 5 <= page.total.number <= 40


def test_everybody_settles_on_both_databases(engine: Engine) -> None:
    engine.execute(Settle())

    page = engine.ask(Worklist(box=Box.TODO), Actor(login=BUSIEST))

    assert page.total.number == 0


def test_a_small_office_is_one_district_whose_matters_are_found_by_their_words(
    crowded: Engine,
) -> None:
    few = places()[0].purchasers[:2]
    with crowded.database.engine.connect() as connection:
        before = set(connection.execute(select(work_item.c.key)).scalars())

    office = CrowdedOffice(crowded)
    office.grow(open_items=40, finished_items=10, units=2)

    with crowded.database.engine.connect() as connection:
        found = connection.execute(
            select(process_instance, worklist_entry.c.headline)
            .join(worklist_entry, worklist_entry.c.root_key == process_instance.c.key)
            .where(worklist_entry.c.work_item_key.not_in(before), process_instance.c.number != "")
        ).all()
    assert {row.unit for row in found} == set(few)
    assert all(row.headline == headline_of(row.title, row.number) for row in found)
    assert len({row.number for row in found}) == 40
