"""The crowded office on a small scale: its rows fit together and every look is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from engine.bench.crowd import BUSIEST, Settle, places
from engine.bench.crowd_fill import CrowdedOffice
from engine.bench.worklist import GOALS, measure_lists, report
from engine.model.participants import Actor
from engine.model.pools import pools_of
from engine.queries import Box, Worklist
from engine.store.entries import headline_of
from engine.store.tables import process_instance, work_item, worklist_entry
from engine.store.work_items import WorkItems

if TYPE_CHECKING:
    from engine.runtime import Engine


@pytest.fixture
def crowded(engine: Engine) -> Engine:
    """Give an office of 200 open and 400 finished work items."""
    if engine.database.kind != "postgresql":
        pytest.skip("the generator fills PostgreSQL from inside")
    CrowdedOffice(engine).grow(open_items=200, finished_items=400)
    return engine


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
