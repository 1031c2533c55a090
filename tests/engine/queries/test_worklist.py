"""Lists of open work: what is in them, in which order, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import ClaimWorkItem
from engine.model.participants import Actor
from engine.queries import (
    Box,
    Due,
    Group,
    Narrowing,
    Sort,
    Worklist,
)
from tests.engine.queries.leave_lists import DAYS, YI, page, titles

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.engine.queries.leave_lists import Submit


def test_overdue_comes_first_then_the_nearest_deadline_then_those_without_one(
    engine: Engine, submit: Submit
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
    engine: Engine, submit: Submit, sort: Sort, expected: list[str]
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
    engine: Engine, submit: Submit, due: Due, expected: list[str]
) -> None:
    for reason, days in DAYS.items():
        submit(reason, days)

    found = page(engine, due=due)

    assert titles(found) == expected
    assert found.total.number == len(expected)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("group", list(Group))
def test_pages_show_every_line_once_in_both_directions(
    engine: Engine, submit: Submit, sort: Sort, group: Group
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
    engine: Engine, submit: Submit
) -> None:
    drivers = [submit(f"第{number}件", number + 1) for number in range(5)]
    first = page(engine, size=2)
    for driver in drivers[:2]:
        driver.complete("approve_request", "approve", by="yi")

    following = engine.ask(Worklist(box=Box.TODO, after=first.after, page_size=2), YI)

    assert titles(following) == ["第2件", "第3件"]


def test_a_place_that_makes_no_sense_gives_the_first_page(engine: Engine, submit: Submit) -> None:
    submit("甲")

    for place in ("x", "W10", "WzEsMl0", "WyJhIiwiYiJd", "%%%", "e30"):
        assert titles(engine.ask(Worklist(box=Box.TODO, after=place), YI)) == ["甲"]
        assert titles(engine.ask(Worklist(box=Box.TODO, before=place), YI)) == ["甲"]


@pytest.mark.parametrize(
    "words", ["探亲", "第一中学", "甲", "审批", "ANNUAL", "annual leave", "100%_"]
)
def test_a_search_finds_title_unit_person_and_step(
    engine: Engine, submit: Submit, words: str
) -> None:
    submit("探亲 Annual Leave 100%_")

    assert len(page(engine, search=words).rows) == 1


@pytest.mark.parametrize("words", ["无此事", "%", "100%x", "第二中学"])
def test_a_search_finds_nothing_else(engine: Engine, submit: Submit, words: str) -> None:
    submit("探亲")

    found = page(engine, search=words)

    assert titles(found) == []
    assert found.total.number == 0


def test_claimed_work_is_on_one_list_only(engine: Engine, submit: Submit) -> None:
    key = submit("甲").key_at("approve_request")

    engine.execute(ClaimWorkItem(work_item_key=key), Actor(login="yi2"))

    assert titles(page(engine)) == []
    assert titles(page(engine, Actor(login="yi2"))) == ["甲"]
