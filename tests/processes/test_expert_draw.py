"""专家抽取: scenarios S4-O03 and S4-O09; the secret, the one draw, what follows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from engine.catalog import check_package, read_package
from engine.commands import CompleteWorkItem
from engine.errors import NotAllowedError, TaskGoneError
from engine.handler import registry
from engine.model.participants import Actor
from handlers.draws.protocol import Mode, commitment_of
from handlers.draws.verifier import verify
from handlers.records.experts import experts_of, pool
from handlers.records.tables import draw as draw_table
from tests.processes.expert_draw import (
    ADJUST,
    APPLICATION,
    DRAW,
    FILL,
    PURCHASER,
    REDRAW,
    REGULATOR,
    REVEAL,
    application,
    applied,
    begin,
    draw,
    draws,
    look,
    shown,
)
from tests.processes.interconnected import filed_plan
from tests.processes.notice_publication import offered, with_lots
from tests.processes.outside import sent, work_off
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

TWO_DAYS = timedelta(days=2)
SECRET = "采购单位的随机数 20260610"


def drawn_codes(matter: ProcessDriver) -> list[str]:
    """Return who is on the panel as the drawer sees it."""
    return [row[3] for row in look(matter, REGULATOR).rows]


def pass_to(matter: ProcessDriver, clock: FakeClock, delta: timedelta) -> None:
    """Let time pass and everything be done that is due then."""
    matter.pass_time(clock, delta)
    work_off(matter.engine)


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "expert_draw"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


@pytest.mark.scenario("S4-O03")
def test_names_are_secret_until_the_review_time_and_pushed_exactly_then(
    office: Engine, clock: FakeClock
) -> None:
    matter = applied(office)
    assert matter.people_at(DRAW) == {REGULATOR}
    draw(matter)
    codes = drawn_codes(matter)
    with office.database.session(write=False) as session:
        fields = [experts_of(session, [code])[code].field for code in codes]
    assert fields == ["计算机网络"] * 3 + ["财务审计"] * 2
    assert matter.audit()[-1].action == "exhibit_opened"
    sealed, note = shown(matter, REGULATOR), shown(matter, PURCHASER)
    assert sealed is not None
    assert (sealed.sealed, list(sealed.rows)) == (True, [])
    assert note is not None
    assert (note.sealed, list(note.rows), list(note.files)) == (False, [], [])
    assert dict(note.facts)["随机方式"] == "系统承诺、抽取人提供随机数（较弱）"
    names = _names(office, codes)
    assert not [name for name in names if name in str(matter.view()) + str(matter.audit())]

    pass_to(matter, clock, TWO_DAYS - timedelta(seconds=1))
    assert (sent(office, "experts.drawn"), matter.state) == ([], "active")
    pass_to(matter, clock, timedelta(seconds=1))

    (message,) = sent(office, "experts.drawn")
    pass_to(matter, clock, TWO_DAYS)
    assert len(sent(office, "experts.drawn")) == 1
    assert message.message_id == draws(matter)[0].number
    assert len(message.body["experts"]) == 5
    assert message.body["review"]["at"] == "2026-06-12T01:00:00+00:00"
    assert [one.rpartition("-")[2] for one in message.body["review"]["lots"]] == ["01"]
    assert matter.state == "completed"
    opened = shown(matter, PURCHASER)
    assert opened is not None
    assert [row[3] for row in opened.rows] == codes


def _names(office: Engine, codes: list[str]) -> list[str]:
    with office.database.session(write=False) as session:
        return [one.name for one in experts_of(session, codes).values()]


def test_the_result_can_be_checked_and_nobody_draws_twice(office: Engine) -> None:
    matter = applied(office)
    key = matter.key_at(DRAW)
    draw(matter)
    (made, following) = draws(matter)

    assert made.protocol is not None
    noted = (made.list_sha256 or "", made.server_commitment)
    assert verify(made.protocol, noted) == []
    assert made.mode == Mode.SERVER_AND_DRAWER
    assert following.drawn_at is None
    again = CompleteWorkItem(work_item_key=key, outcome="draw", answers={}, opinion="")
    with pytest.raises(TaskGoneError):
        office.execute(again, Actor(login=REGULATOR))
    with (
        pytest.raises(DBAPIError, match="what was drawn stays"),
        office.database.session(write=True) as session,
    ):
        session.execute(
            update(draw_table).where(draw_table.c.key == made.key).values(drawn_at=None)
        )
    assert [one.protocol_sha256 for one in draws(matter)] == [made.protocol_sha256, None]


def test_only_the_regulator_draws(office: Engine) -> None:
    matter = applied(office)

    with pytest.raises(NotAllowedError):
        matter.complete(DRAW, "draw", by=PURCHASER, opinion="")


def test_a_purchaser_that_takes_part_reveals_what_it_committed_to(
    office: Engine, clock: FakeClock
) -> None:
    matter = applied(office, take_part="yes", commitment=commitment_of(SECRET))
    draw(matter)
    assert matter.waiting_at == {REVEAL}
    assert refused(matter, REVEAL, {"secret": "别的"}) == [("secret", "ERR_COMMITMENT")]

    matter.complete(REVEAL, by=PURCHASER, answers={"secret": SECRET}, opinion="")

    (made, _next) = draws(matter)
    assert made.mode == Mode.PARTIES
    assert verify(made.protocol, (commitment_of(SECRET),)) == []
    assert matter.waiting_at == {ADJUST, REDRAW}
    pass_to(matter, clock, TWO_DAYS)
    assert len(sent(office, "experts.drawn")) == 1


def test_a_secret_that_is_not_revealed_in_time_voids_the_draw(
    office: Engine, clock: FakeClock
) -> None:
    matter = applied(office, take_part="yes", commitment=commitment_of(SECRET))
    draw(matter)

    pass_to(matter, clock, timedelta(hours=24))

    assert matter.waiting_at == {FILL}
    (void, again) = draws(matter)
    assert (void.void_at is not None, void.drawn_at, again.replaces) == (True, None, void.key)
    assert again.reason == "采购单位未在期限内揭示随机数"


def test_another_review_time_moves_the_push(office: Engine, clock: FakeClock) -> None:
    matter = applied(office)
    draw(matter)
    past = {"new_review_at": "2026-06-10T08:00", "reason": "场地冲突，提前评审"}
    assert refused(matter, ADJUST, past) == [("new_review_at", "ERR_DATE")]

    later = {"new_review_at": "2026-06-13T09:00", "reason": "场地冲突，推迟一天"}
    matter.complete(ADJUST, by=PURCHASER, answers=later, opinion="")

    assert matter.waiting_at == {ADJUST, REDRAW}
    pass_to(matter, clock, TWO_DAYS)
    assert sent(office, "experts.drawn") == []
    pass_to(matter, clock, timedelta(days=1))
    (message,) = sent(office, "experts.drawn")
    assert message.body["review"]["at"] == "2026-06-13T01:00:00+00:00"
    assert matter.waiting_at == set()


def test_a_redraw_is_a_linked_draw_with_its_reason(office: Engine, clock: FakeClock) -> None:
    matter = applied(office)
    draw(matter)
    before = drawn_codes(matter)
    (name,) = _names(office, before[1:2])
    told = {"replaced": ["2"], "reason": f"{name}临时有事"}
    assert refused(matter, REDRAW, told, by=REGULATOR) == [("reason", "ERR_SECRET")]

    answers = {"replaced": ["2"], "reason": "第 2 位因病不能参加"}
    matter.complete(REDRAW, by=REGULATOR, answers=answers, opinion="")

    (first, second, _open) = draws(matter)
    assert (second.replaces, second.reason) == (first.key, "第 2 位因病不能参加")
    assert second.protocol is not None
    assert verify(second.protocol) == []
    assert second.protocol["protocol"]["replaces"]["protocol_sha256"] == first.protocol_sha256
    after = drawn_codes(matter)
    assert set(before) - set(after) == {before[1]}
    assert len(set(after)) == 5
    pass_to(matter, clock, TWO_DAYS)
    (message,) = sent(office, "experts.drawn")
    assert (message.message_id, len(message.body["experts"])) == (second.number, 5)


def test_who_is_avoided_cannot_be_drawn(office: Engine) -> None:
    with office.database.session(write=False) as session:
        network = [one for one in pool(session, "410400") if one.field == "计算机网络"]
    avoided = next(one for one in network if one.active)

    matter = applied(office, avoid_persons=[{"name": avoided.name}])

    (item,) = draws(matter)
    assert item.frozen_list.excluded[avoided.code] == "PERSON_AVOIDED"
    assert avoided.code not in item.frozen_list.groups["计算机网络"]
    inactive = {one.code for one in network if not one.active}
    assert {code for code in inactive if item.frozen_list.excluded[code] != "INACTIVE"} == set()


BAD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"lots": []}, ("lots", "ERR_LOT_REQUIRED")),
    ({"review_at": "2026-06-10T08:59"}, ("review_at", "ERR_DATE")),
    ({"needs": [{"field": "法律", "count": "30"}]}, ("needs.0.count", "ERR_POOL_SHORT")),
]


@pytest.mark.scenario("S4-O09")
def test_a_bad_application_is_refused_at_its_field(office: Engine) -> None:
    matter = begin(office)
    good = application(office)
    (choice,) = offered(office, matter, FILL, "expert_draw.projects")
    typed = {"project": "", "lots": [], "project_name": choice.label}
    assert refused(matter, FILL, good | typed) == [("project", "ERR_PROJECT_SELECTION")]

    for changes, expected in BAD:
        assert refused(matter, FILL, good | changes) == [expected], changes

    matter.complete(FILL, by=PURCHASER, answers=good, opinion="")
    assert matter.waiting_at == {DRAW}


def test_a_project_of_no_trading_centre_is_typed_and_nothing_is_pushed(
    office: Engine, clock: FakeClock
) -> None:
    filed_plan(office, "PL059")
    matter = begin(office)
    typed = {**APPLICATION, "project": "", "project_name": "职校食堂设备维修"}
    matter.complete(FILL, by=PURCHASER, answers=typed, opinion="")
    draw(matter, contributed="")

    pass_to(matter, clock, TWO_DAYS)

    assert matter.state == "completed"
    assert draws(matter)[0].mode == Mode.SERVER_ONLY
    assert sent(office, "experts.drawn") == []


def test_a_returned_application_is_drawn_from_a_new_list(office: Engine) -> None:
    number = with_lots(office)
    matter = begin(office)
    answers = application(office, number)
    matter.complete(FILL, by=PURCHASER, answers=answers, opinion="")
    (before,) = draws(matter)
    matter.complete(DRAW, "return", by=REGULATOR, opinion="人数偏多，请核对。")
    assert matter.waiting_at == {FILL}

    fewer = {**answers, "needs": [{"field": "计算机网络", "count": "2"}]}
    matter.complete(FILL, by=PURCHASER, answers=fewer, opinion="")
    draw(matter)

    assert draws(matter)[0].number == before.number
    assert len(drawn_codes(matter)) == 2
