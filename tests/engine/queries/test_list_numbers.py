"""Unread marks, numbers, other boxes, and turning from one work item to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.commands import OpenWorkItem
from engine.model.participants import Actor
from engine.model.pools import Source
from engine.queries import (
    Box,
    BoxCounts,
    Chip,
    Narrowing,
    Neighbours,
    NextOpen,
    Worklist,
)
from engine.store.lists import ListFilter, Tally
from engine.store.lists.open_work import OpenWork
from engine.store.tables import work_item_seen
from tests.engine.queries.leave_lists import DAYS, YI, list_also_in, page, titles
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.engine.queries.leave_lists import Submit


def test_what_somebody_has_opened_is_unread_for_everybody_else(
    engine: Engine, submit: Submit
) -> None:
    key = submit("甲").key_at("approve_request")
    submit("乙")

    engine.execute(OpenWorkItem(work_item_key=key), YI)

    assert [row.unread for row in page(engine).rows] == [False, True]
    assert titles(page(engine, unread=True)) == ["乙"]
    assert len(page(engine, Actor(login="yi2"), unread=True).rows) == 2
    assert page(engine).chips[Chip.UNREAD].number == 1


def test_marks_of_what_has_ended_are_forgotten(engine: Engine, submit: Submit) -> None:
    first = submit("甲")
    engine.execute(OpenWorkItem(work_item_key=first.key_at("approve_request")), YI)
    first.complete("approve_request", "approve", by="yi")

    engine.execute(OpenWorkItem(work_item_key=submit("乙").key_at("approve_request")), YI)

    with engine.database.session(write=False) as session:
        assert len(session.execute(work_item_seen.select()).all()) == 1


def test_quick_filters_are_counted(engine: Engine, submit: Submit) -> None:
    for reason, days in DAYS.items():
        submit(reason, days)

    chips = page(engine).chips

    assert {chip.value: tally.number for chip, tally in chips.items()} == {
        "overdue": 1,
        "today": 1,
        "week": 2,
        "returned": 0,
        "unread": 5,
    }


def test_what_was_returned_is_found_by_its_own_filter(engine: Engine, submit: Submit) -> None:
    submit("甲").complete("approve_request", "return", by="yi", opinion="请改")

    found = page(engine, Actor(login="jia"), returned=True)

    assert titles(found) == ["甲"]
    assert found.rows[0].returned
    assert found.chips[Chip.RETURNED].number == 1


def test_work_that_stands_in_two_pools_of_a_person_is_listed_once(
    engine: Engine, submit: Submit
) -> None:
    submit("甲")
    list_also_in(engine, "@yi")

    found = page(engine)

    assert titles(found) == ["甲"]
    assert engine.ask(BoxCounts(), YI).counts[Box.TODO].number == 1


def test_numbers_end_at_a_cap(engine: Engine, submit: Submit) -> None:
    for reason in ("甲", "乙", "丙"):
        submit(reason)
    list_also_in(engine, "@yi")
    with engine.database.session(write=False) as session:
        work = OpenWork(session, "yi", [Source(pool="@yi"), Source(pool="dept_reviewer@JYJ")])

        tallies = [work.count(ListFilter(), cap) for cap in (2, 3, 4)]

    assert tallies == [Tally(2, more=True), Tally(3), Tally(3)]


def test_every_box_has_its_number(engine: Engine, submit: Submit) -> None:
    submit("甲").complete("approve_request", "approve", by="yi")
    submit("乙")
    ProcessDriver.start(engine, "leave_request", by="jia")

    mine = engine.ask(BoxCounts(), Actor(login="jia"))
    reviewers = engine.ask(BoxCounts(), YI)

    assert {box.value: tally.number for box, tally in mine.counts.items()} == {
        "todo": 0,
        "done": 2,
        "started": 2,
        "drafts": 1,
        "to_read": 0,
        "read": 0,
        "sent": 0,
    }
    assert reviewers.counts[Box.TODO].number == 1
    assert reviewers.unread
    assert not mine.unread


def test_lists_of_the_past_are_newest_first_and_can_be_searched(
    engine: Engine, submit: Submit
) -> None:
    for reason in ("甲", "乙"):
        submit(reason).complete("approve_request", "approve", by="yi")

    done = engine.ask(Worklist(box=Box.DONE), YI)
    found = engine.ask(Worklist(box=Box.DONE, narrowing=Narrowing(search="甲")), YI)
    started = engine.ask(Worklist(box=Box.STARTED), Actor(login="jia"))
    mine = Narrowing(search="乙")
    searched = engine.ask(Worklist(box=Box.STARTED, narrowing=mine), Actor(login="jia"))

    assert titles(done) == ["乙", "甲"]
    assert titles(found) == ["甲"]
    assert titles(started) == ["乙", "甲"]
    assert titles(searched) == ["乙"]
    assert started.rows[0].element_name == "复核"


def test_the_procedures_of_a_list_are_those_in_it(engine: Engine, submit: Submit) -> None:
    before = page(engine).processes
    submit("甲")

    assert list(before) == []
    assert [process_id for process_id, _ in page(engine).processes] == ["leave_request"]
    assert titles(page(engine, process_id="leave_request")) == ["甲"]
    assert titles(page(engine, process_id="other")) == []
    assert titles(page(engine, element_id="approve_request")) == ["甲"]
    assert titles(page(engine, element_id="review_request")) == []


def test_neighbours_are_those_of_the_filter(engine: Engine, submit: Submit) -> None:
    keys = [
        submit(reason, days).key_at("approve_request")
        for reason, days in (("甲", 1), ("别的", 2), ("甲之二", 3))
    ]

    def around(key: str, **narrowing: Any) -> tuple[str, str]:
        query = Neighbours(work_item_key=key, box=Box.TODO, narrowing=Narrowing(**narrowing))
        found = engine.ask(query, YI)
        return found.previous, found.following

    assert around(keys[1]) == (keys[0], keys[2])
    # the step's colleague is named 甲 as initiator: only the title tells the three apart
    assert around(keys[0], search="之二") == ("", keys[2])
    assert around(keys[2]) == (keys[1], "")
    assert around("nonsense") == ("", "")
    assert around("1") == ("", "")


def test_after_the_last_one_comes_what_was_left_out(engine: Engine, submit: Submit) -> None:
    first, second = submit("甲", 1), submit("乙", 2)
    keys = [first.key_at("approve_request"), second.key_at("approve_request")]

    def following(key: str) -> str:
        return engine.ask(NextOpen(work_item_key=key, box=Box.TODO), YI)

    second.complete("approve_request", "approve", by="yi")
    assert following(keys[1]) == keys[0]
    first.complete("approve_request", "approve", by="yi")
    assert following(keys[0]) == ""
    third = submit("丙", 3).key_at("approve_request")
    assert following(keys[0]) == third
