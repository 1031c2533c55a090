"""The bell: new tasks without rows, what people were told, what they want to know."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import ChooseNotices, OpenWorkItem, ReadNotice, ReadNotices
from engine.errors import NotFoundError, ValidationFailedError
from engine.model.notices import NoticeEvent
from engine.model.participants import Actor
from engine.queries import Bell, BellCount, OwnNoticeChoices
from tests.support.permit import Permit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

ALL_ON_BELL = [(str(event), "bell") for event in NoticeEvent]


def count(engine: Engine, login: str) -> int:
    return engine.ask(BellCount(), Actor(login=login))


def lines(engine: Engine, login: str) -> list[tuple[str, bool, str]]:
    view = engine.ask(Bell(), Actor(login=login))
    return [(str(line.event), line.unread, line.title) for line in view.lines]


def test_a_new_task_is_on_the_bell_of_everybody_who_may_take_it(
    engine: Engine, clock: FakeClock
) -> None:
    permit = Permit.asked(engine, clock)

    assert lines(engine, "yi") == [("task", True, "王某的许可申请")]
    assert (count(engine, "yi"), count(engine, "yi2"), count(engine, "ding")) == (1, 1, 0)
    assert permit.notices("yi") == []
    assert count(engine, "jia") == 0


def test_it_leaves_the_bell_when_somebody_else_has_it_or_it_was_opened(
    engine: Engine, clock: FakeClock
) -> None:
    permit = Permit.asked(engine, clock)
    engine.execute(OpenWorkItem(work_item_key=str(permit.item.key)), Actor(login="yi"))
    assert (count(engine, "yi"), count(engine, "yi2")) == (0, 1)

    permit.matter.claim("review", by="yi")

    assert count(engine, "yi2") == 0


def test_a_return_is_told_to_whom_it_comes_back(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock)

    permit.matter.complete("review", "return", by="yi", opinion="请补充。")

    assert lines(engine, "jia") == [("returned", True, "王某的许可申请")]
    assert count(engine, "jia") == 1
    (line,) = engine.ask(Bell(), Actor(login="jia")).lines
    assert (line.detail["person"], line.detail["step"]) == ("乙", "申请")


def test_the_initiator_is_told_of_the_end(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock)

    permit.matter.complete("review", "granted", by="yi")

    assert lines(engine, "jia") == [("finished", True, "王某的许可申请")]


def test_lines_are_read_one_by_one_or_all(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock, "P1WD")
    permit.matter.claim("review", by="yi")
    permit.pass_to("2026-06-11 18:00")
    key = str(permit.notices("yi")[-1].key)
    before = count(engine, "yi")

    with pytest.raises(NotFoundError):
        engine.execute(ReadNotice(notice_key=key), Actor(login="yi2"))
    engine.execute(ReadNotice(notice_key=key), Actor(login="yi"))
    assert count(engine, "yi") == before - 1
    engine.execute(ReadNotices(), Actor(login="yi"))

    assert count(engine, "yi") == 0
    assert [unread for _event, unread, _title in lines(engine, "yi")] == [False]


def test_what_is_not_wanted_is_not_counted(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock)
    wanted = [one for one in ALL_ON_BELL if one[0] not in ("task", "finished")]
    for login in ("jia", "yi"):
        engine.execute(ChooseNotices(wanted=wanted), Actor(login=login))

    assert (count(engine, "yi"), lines(engine, "yi")) == (0, [])
    permit.matter.complete("review", "granted", by="yi")
    assert (count(engine, "jia"), lines(engine, "jia")) == (0, [])


def test_choices_are_kept(engine: Engine) -> None:
    wanted = [*ALL_ON_BELL, ("overdue", "email"), ("overdue", "sms")]
    command = ChooseNotices(
        wanted=wanted, email=" yi@example.org ", quiet_from=time(22), quiet_until=time(7)
    )

    engine.execute(command, Actor(login="yi"))

    found = engine.ask(OwnNoticeChoices(), Actor(login="yi"))
    assert found.email == "yi@example.org"
    assert (found.quiet_from, found.quiet_until) == (time(22), time(7))
    assert dict(found.wanted) == {("overdue", "email"): True, ("overdue", "sms"): True}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example, c@d.example"}, "email"),
        ({"wanted": [("overdue", "email")]}, "email"),
        ({"quiet_from": time(22)}, "quiet"),
    ],
)
def test_choices_that_make_no_sense_are_refused(
    engine: Engine, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationFailedError) as refused:
        engine.execute(ChooseNotices(**({"wanted": []} | values)), Actor(login="yi"))

    assert [error.field for error in refused.value.errors] == [field]
