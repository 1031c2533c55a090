"""Lists of open work: what is in them, in which order, page by page, and the numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, update

from engine.commands import ClaimWorkItem, OpenWorkItem
from engine.model.participants import Actor
from engine.model.pools import Source
from engine.queries import (
    Box,
    BoxCounts,
    Chip,
    Due,
    Group,
    Narrowing,
    Neighbours,
    NextOpen,
    Sort,
    Worklist,
)
from engine.store.entries import NEVER
from engine.store.lists import ListFilter, Tally
from engine.store.lists.open_work import OpenWork
from engine.store.tables import work_item, work_item_seen, worklist_entry
from tests.support.leave_request import LeaveOffice, leave_engine
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.clock import FakeClock
    from engine.queries.views import WorklistPage
    from engine.runtime import Engine
    from engine.settings import Settings

YI = Actor(login="yi")
#: Beijing time is 2026-06-10 09:00, a Wednesday.
DAYS = {"昨天": -1, "今天": 0, "周日": 4, "下周一": 5, "无期限": None}


@pytest.fixture
def engine(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    engine = leave_engine(settings, clock, LeaveOffice())
    yield engine
    engine.close()


@pytest.fixture
def submit(engine: Engine, clock: FakeClock) -> Callable[..., ProcessDriver]:
    """Give a way to hand in a leave request, due after so many days at 17:00 (none: never)."""

    def hand_in(reason: str, days: int | None = None, by: str = "jia") -> ProcessDriver:
        driver = ProcessDriver.start(engine, "leave_request", by=by)
        driver.complete("fill_request", by=by, answers={"reason": reason, "days": "3"})
        due = None if days is None else clock.now() + timedelta(days=days, hours=8)
        set_due(engine, int(driver.key_at("approve_request")), due)
        clock.advance(timedelta(seconds=1))
        return driver

    return hand_in


def set_due(engine: Engine, key: int, due: Any) -> None:
    with engine.database.session(write=True) as session:
        session.execute(update(work_item).where(work_item.c.key == key).values(due_at=due))
        session.execute(
            update(worklist_entry)
            .where(worklist_entry.c.work_item_key == key)
            .values(due_order=due or NEVER)
        )
        session.commit()


def page(engine: Engine, by: Actor = YI, size: int = 20, **narrowing: Any) -> WorklistPage:
    query = Worklist(box=Box.TODO, narrowing=Narrowing(**narrowing), page_size=size)
    return engine.ask(query, by)


def titles(found: WorklistPage) -> list[str]:
    return [row.title for row in found.rows]


def test_overdue_comes_first_then_the_nearest_deadline_then_those_without_one(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    for reason in ("无期限", "下周一", "昨天", "周日", "今天"):
        submit(reason, DAYS[reason])

    assert titles(page(engine)) == ["昨天", "今天", "周日", "下周一", "无期限"]
    assert [row.overdue for row in page(engine).rows] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["丙", "乙", "甲"]),
        (Sort.OLDEST, ["甲", "乙", "丙"]),
    ],
)
def test_the_order_of_arrival_can_be_chosen(
    engine: Engine, submit: Callable[..., ProcessDriver], sort: Sort, expected: list[str]
) -> None:
    for reason in ("甲", "乙", "丙"):
        submit(reason)

    assert titles(page(engine, sort=sort)) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (Due.OVERDUE, ["昨天"]),
        (Due.TODAY, ["今天"]),
        (Due.WEEK, ["今天", "周日"]),
    ],
)
def test_windows_of_due_times(
    engine: Engine, submit: Callable[..., ProcessDriver], due: Due, expected: list[str]
) -> None:
    for reason, days in DAYS.items():
        submit(reason, days)

    found = page(engine, due=due)

    assert titles(found) == expected
    assert found.total.number == len(expected)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("group", list(Group))
def test_pages_show_every_line_once_in_both_directions(
    engine: Engine, submit: Callable[..., ProcessDriver], sort: Sort, group: Group
) -> None:
    for number in range(7):
        submit(f"事由{number % 3}", None if number % 2 else number)
    narrowing = Narrowing(sort=sort, group=group)
    whole = [row.key for row in page(engine, sort=sort, group=group).rows]

    forwards, after, pages = [], "", []
    for _ in range(5):
        one = engine.ask(Worklist(box=Box.TODO, narrowing=narrowing, after=after, page_size=3), YI)
        pages.append(one)
        forwards += [row.key for row in one.rows]
        after = one.after
        if not after:
            break
    back = engine.ask(
        Worklist(box=Box.TODO, narrowing=narrowing, before=pages[-1].before, page_size=3), YI
    )

    assert len(whole) == 7
    assert forwards == whole
    assert [row.key for row in back.rows] == [row.key for row in pages[1].rows]
    assert pages[0].before == ""


def test_a_page_skips_nothing_when_lines_before_it_were_done(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    drivers = [submit(f"第{number}件", number + 1) for number in range(5)]
    first = page(engine, size=2)
    for driver in drivers[:2]:
        driver.complete("approve_request", "approve", by="yi")

    following = engine.ask(Worklist(box=Box.TODO, after=first.after, page_size=2), YI)

    assert titles(following) == ["第2件", "第3件"]


def test_a_place_that_makes_no_sense_gives_the_first_page(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    submit("甲")

    for place in ("x", "W10", "WzEsMl0", "WyJhIiwiYiJd", "%%%", "e30"):
        assert titles(engine.ask(Worklist(box=Box.TODO, after=place), YI)) == ["甲"]
        assert titles(engine.ask(Worklist(box=Box.TODO, before=place), YI)) == ["甲"]


@pytest.mark.parametrize(
    "words", ["探亲", "第一中学", "甲", "审批", "ANNUAL", "annual leave", "100%_"]
)
def test_a_search_finds_title_unit_person_and_step(
    engine: Engine, submit: Callable[..., ProcessDriver], words: str
) -> None:
    submit("探亲 Annual Leave 100%_")

    assert len(page(engine, search=words).rows) == 1


@pytest.mark.parametrize("words", ["无此事", "%", "100%x", "第二中学"])
def test_a_search_finds_nothing_else(
    engine: Engine, submit: Callable[..., ProcessDriver], words: str
) -> None:
    submit("探亲")

    found = page(engine, search=words)

    assert titles(found) == []
    assert found.total.number == 0


def test_what_somebody_has_opened_is_unread_for_everybody_else(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    key = submit("甲").key_at("approve_request")
    submit("乙")

    engine.execute(OpenWorkItem(work_item_key=key), YI)

    assert [row.unread for row in page(engine).rows] == [False, True]
    assert titles(page(engine, unread=True)) == ["乙"]
    assert len(page(engine, Actor(login="yi2"), unread=True).rows) == 2
    assert page(engine).chips[Chip.UNREAD].number == 1


def test_marks_of_what_has_ended_are_forgotten(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    first = submit("甲")
    engine.execute(OpenWorkItem(work_item_key=first.key_at("approve_request")), YI)
    first.complete("approve_request", "approve", by="yi")

    engine.execute(OpenWorkItem(work_item_key=submit("乙").key_at("approve_request")), YI)

    with engine.database.session(write=False) as session:
        assert len(session.execute(work_item_seen.select()).all()) == 1


def test_quick_filters_are_counted(engine: Engine, submit: Callable[..., ProcessDriver]) -> None:
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


def test_what_was_returned_is_found_by_its_own_filter(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    submit("甲").complete("approve_request", "return", by="yi", opinion="请改")

    found = page(engine, Actor(login="jia"), returned=True)

    assert titles(found) == ["甲"]
    assert found.rows[0].returned
    assert found.chips[Chip.RETURNED].number == 1


def test_work_that_stands_in_two_pools_of_a_person_is_listed_once(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    submit("甲")
    list_also_in(engine, "@yi")

    found = page(engine)

    assert titles(found) == ["甲"]
    assert engine.ask(BoxCounts(), YI).counts[Box.TODO].number == 1


def list_also_in(engine: Engine, pool: str) -> None:
    """List everything in a further pool."""
    with engine.database.session(write=True) as session:
        rows = session.execute(select(worklist_entry)).all()
        session.execute(insert(worklist_entry), [{**row._mapping, "pool": pool} for row in rows])
        session.commit()


def test_numbers_end_at_a_cap(engine: Engine, submit: Callable[..., ProcessDriver]) -> None:
    for reason in ("甲", "乙", "丙"):
        submit(reason)
    list_also_in(engine, "@yi")
    with engine.database.session(write=False) as session:
        work = OpenWork(session, "yi", [Source(pool="@yi"), Source(pool="dept_reviewer@JYJ")])

        tallies = [work.count(ListFilter(), cap) for cap in (2, 3, 4)]

    assert tallies == [Tally(2, more=True), Tally(3), Tally(3)]


def test_every_box_has_its_number(engine: Engine, submit: Callable[..., ProcessDriver]) -> None:
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
    }
    assert reviewers.counts[Box.TODO].number == 1
    assert reviewers.unread
    assert not mine.unread


def test_lists_of_the_past_are_newest_first_and_can_be_searched(
    engine: Engine, submit: Callable[..., ProcessDriver]
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


def test_the_procedures_of_a_list_are_those_in_it(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    before = page(engine).processes
    submit("甲")

    assert list(before) == []
    assert [process_id for process_id, _ in page(engine).processes] == ["leave_request"]
    assert titles(page(engine, process_id="leave_request")) == ["甲"]
    assert titles(page(engine, process_id="other")) == []
    assert titles(page(engine, element_id="approve_request")) == ["甲"]
    assert titles(page(engine, element_id="review_request")) == []


def test_neighbours_are_those_of_the_filter(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
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


def test_after_the_last_one_comes_what_was_left_out(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
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


def test_claimed_work_is_on_one_list_only(
    engine: Engine, submit: Callable[..., ProcessDriver]
) -> None:
    key = submit("甲").key_at("approve_request")

    engine.execute(ClaimWorkItem(work_item_key=key), Actor(login="yi2"))

    assert titles(page(engine)) == []
    assert titles(page(engine, Actor(login="yi2"))) == ["甲"]
