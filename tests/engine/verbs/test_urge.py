"""催办: who may, whom it reaches, how often; nothing else changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.calendar import Span, library_calendar, office_later
from engine.commands import ConsultPeople, UrgeInstance
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from engine.queries import Bell, InstanceQuery, Worklist
from engine.queries.views import Box
from tests.support.databases import OPENING
from tests.support.memo import STRUCTURES
from tests.support.process_driver import ProcessDriver
from tests.support.verbs import do, entries, part_of, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.queries.views import VerbView
    from engine.runtime import Engine


def urge(driver: ProcessDriver, by: str, words: str = "") -> None:
    driver.engine.execute(
        UrgeInstance(instance_key=driver.instance_key, words=words), Actor(login=by)
    )


def urged(engine: Engine, login: str) -> list[int]:
    """How often each of a person's open tasks was urged."""
    return [row.urged for row in engine.ask(Worklist(box=Box.TODO), Actor(login=login)).rows]


def bells(engine: Engine, login: str) -> list[tuple[str, str]]:
    """Who urged a person at which step."""
    lines = engine.ask(Bell(), Actor(login=login)).lines
    return [(one.detail["person"], one.detail["step"]) for one in lines if one.event == "urged"]


def offered(driver: ProcessDriver, by: str) -> VerbView | None:
    return next((one for one in driver.view(by=by).verbs if one.verb == "urge"), None)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_everybody_who_may_take_the_open_tasks_is_told_in_every_structure(
    begun: Callable[[str], ProcessDriver], engine: Engine, structure: str
) -> None:
    driver = begun(structure)
    waiting = {item.element_id for item in driver.work_items if item.is_open}

    urge(driver, "an", "请抓紧")

    told = {login for login in ("bai", "cen", "dai", "e") if bells(engine, login)}
    assert told == {who for at in waiting for who in driver.people_at(at)} - {"an"}
    assert [one for one in urged(engine, "cen") if one] == [1] * len(urged(engine, "cen"))
    assert {(one.kind, one.sender.name, one.request) for one in entries(driver)} == {
        ("urge", "安然", "请抓紧")
    }


def test_it_says_beforehand_whom_it_reaches_and_how_often_it_was_done(
    engine: Engine, memo: ProcessDriver, clock: FakeClock
) -> None:
    memo.claim("handle", by="bai")
    clock.set(OPENING + timedelta(hours=1))
    verb = offered(memo, "an")
    assert verb is not None
    assert (verb.allowed, list(verb.effects)) == (
        True,
        ["将提醒：白露。"],
    )

    urge(memo, "an")

    verb = offered(memo, "an")
    assert verb is not None
    assert (verb.allowed, verb.reason) == (
        False,
        "您刚催办过，2026-06-10 14:00 之后可以再次催办。",
    )
    with pytest.raises(WrongStateError):
        urge(memo, "an")
    assert urged(engine, "bai") == [1]
    assert refusals(engine) == 1
    clock.set(OPENING + timedelta(hours=5))
    urge(memo, "an")
    assert urged(engine, "bai") == [2]
    assert bells(engine, "bai") == [("安然", "承办")] * 2


def test_earlier_handlers_and_the_holders_leader_may_and_others_may_not(
    engine: Engine, memo: ProcessDriver
) -> None:
    with pytest.raises(NotAllowedError):
        urge(memo, "e")
    memo.complete("handle", "approve", by="bai", answers={"points": "无"})
    verb = offered(memo, "e")
    assert verb is not None
    assert (verb.allowed, verb.reason[:3]) == (False, "发起人")
    urge(memo, "bai")
    memo.claim("approve", by="dai")
    with pytest.raises(NotAllowedError):
        engine.ask(InstanceQuery(instance_key=memo.instance_key), Actor(login="gu"))

    _let_lead(engine, "YK", "gu")

    assert engine.ask(InstanceQuery(instance_key=memo.instance_key), Actor(login="gu"))
    urge(memo, "gu")
    assert [who for who, _step in bells(engine, "dai")] == ["顾平", "白露"]


def test_whoever_was_asked_is_urged_by_whoever_asked(engine: Engine, memo: ProcessDriver) -> None:
    do(memo, "bai", ConsultPeople, people=["gu"], request="可以吗？")

    urge(memo, "bai")

    assert urged(engine, "gu") == [1]
    assert urged(engine, "bai") == [0]
    assert [one.kind for one in entries(memo)] == ["consult", "urge"]
    assert part_of(memo, "gu")


def test_who_was_asked_is_told_on_the_bell(engine: Engine, memo: ProcessDriver) -> None:
    do(memo, "bai", ConsultPeople, people=["gu"], request="可以吗？")

    lines = engine.ask(Bell(), Actor(login="gu")).lines

    assert [(line.event, line.detail["person"]) for line in lines] == [("consulted", "白露")]


def test_neither_drafts_nor_ended_matters_nor_endless_words(
    engine: Engine, memo: ProcessDriver
) -> None:
    draft = ProcessDriver.start(engine, "memo", by="an")
    with pytest.raises(WrongStateError):
        urge(draft, "an")
    with pytest.raises(ValidationFailedError):
        urge(memo, "an", "快" * 501)
    memo.terminate(by="he", reason="不再需要")
    with pytest.raises(WrongStateError):
        urge(memo, "an")

    assert refusals(engine) == 3


def test_hours_count_while_the_office_is_open() -> None:
    calendar = library_calendar().of("410100")
    friday = datetime(2026, 6, 12, 8, tzinfo=UTC)  # 16:00 at the office

    def after(text: str) -> str:
        return office_later(friday, Span.parse(text), calendar).isoformat()

    assert after("PT2H") == "2026-06-12T10:00:00+00:00"
    assert after("PT4H") == "2026-06-15T03:00:00+00:00"
    assert after("P1WD") == "2026-06-15T08:00:00+00:00"
    assert after("P1D") == "2026-06-13T08:00:00+00:00"


def _let_lead(engine: Engine, unit: str, login: str) -> None:
    from sqlalchemy import update

    from engine.store.tables import org_unit

    with engine.database.session(write=True) as session:
        session.execute(update(org_unit).where(org_unit.c.code == unit).values(leader=login))
        session.commit()
