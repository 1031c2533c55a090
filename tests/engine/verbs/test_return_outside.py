"""退回外部: a party without an account corrects its slice by a one-time link; the task stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.catalog import check_package, read_package
from engine.commands import (
    AddOutsideFile,
    AnswerOutside,
    FireDueAlarm,
    RecallOutside,
    ReturnOutside,
)
from engine.errors import LinkGoneError, NotFoundError, ValidationFailedError, WrongStateError
from engine.handler import HandlerRegistry
from engine.model.participants import PUBLIC, Actor
from engine.queries import Bell, OutsideLinkQuery
from engine.store.tables import job, metadata
from tests.support.furniture import engine_on
from tests.support.process_driver import TINY_PDF
from tests.support.small_office import PACKAGES, Desk, furnish_small_office
from tests.support.verbs import entries, fields_of, page, verb_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings

LINK = "http://office.example/outside/"
ASKED = {"party": "华诚公司", "phone": "13900000001", "reason": "请更正报价并附报价单。"}
NOBODY = Actor(login=PUBLIC.login)


@pytest.fixture
def office(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    with engine_on(settings.database_url, settings.data_dir, clock) as engine:
        furnish_small_office(engine, "corrected")
        yield engine


@pytest.fixture
def desk(office: Engine) -> Desk:
    return Desk.begin(office, "corrected")


def send(desk: Desk, **facts: str) -> str:
    """Return the task of 沈 outside; gives the token, which only the message has."""
    key = desk.matter.key_at("approve")
    command = ReturnOutside(work_item_key=key, link=LINK, **{**ASKED, **facts})
    desk.matter.engine.execute(command, Actor(login="shen"))
    with desk.matter.engine.database.session(write=False) as session:
        inputs = session.execute(select(job.c.inputs).order_by(job.c.key.desc())).scalars().first()
        assert inputs is not None
        token = str(inputs["secret"]).removeprefix(LINK)
        rows = [
            row
            for table in metadata.sorted_tables
            if table.name != "job"
            for row in session.execute(table.select())
        ]
    assert not any(token in str(value) for row in rows for value in row)
    return token


def test_the_party_corrects_its_slice_once(office: Engine, desk: Desk) -> None:
    token = send(desk)
    seen = office.ask(OutsideLinkQuery(token=token), NOBODY)
    assert [place.path for place in seen.form.places] == ["amount", "quote"]
    assert (seen.party, seen.reason) == ("华诚公司", ASKED["reason"])
    with pytest.raises(WrongStateError, match=r"outside|外部"):
        desk.do("approve")

    with pytest.raises(ValidationFailedError) as refused:
        office.execute(AnswerOutside(token=token, answers={"amount": "-1"}, opinion="x"), NOBODY)
    assert fields_of(refused.value) == {"amount"}
    office.execute(
        AddOutsideFile(token=token, field="quote", name="报价单.pdf", content=TINY_PDF), NOBODY
    )
    answer = AnswerOutside(
        token=token, answers={"amount": "1100", "subject": "他人的字段"}, opinion="已更正"
    )
    office.execute(answer, NOBODY)

    with pytest.raises(LinkGoneError):
        office.execute(answer, NOBODY)
    view = page(desk.matter, "shen", desk.matter.key_at("approve"))
    (document,) = view.documents
    assert (document.version, document.stored_by) == (2, "华诚公司")
    assert document.answers["subject"] == "修缮实验楼"
    assert str(document.answers["amount"]) == "1100"
    assert [file.name for file in document.attachments] == ["报价单.pdf"]
    (entry,) = entries(desk.matter, "approve", by="an")
    assert (entry.person.name, entry.state, entry.opinion) == ("华诚公司", "done", "已更正")
    actions = [row.action for row in desk.matter.audit() if row.action != "refused"]
    assert actions[-3:] == ["work_item_returned_outside", "attachment_added", "outside_answered"]
    desk.do("approve")
    assert desk.waiting_at == ["review"]


def test_after_the_deadline_the_task_goes_on(office: Engine, desk: Desk, clock: FakeClock) -> None:
    token = send(desk)
    clock.advance(timedelta(days=5, hours=10))  # Monday 19:00, after three working days
    with pytest.raises(LinkGoneError):
        office.ask(OutsideLinkQuery(token=token), NOBODY)

    while office.execute(FireDueAlarm()):
        pass
    lines = office.ask(Bell(), Actor(login="shen")).lines
    assert [one.detail["name"] for one in lines if one.event == "lapsed"] == ["华诚公司"]
    assert desk.matter.audit()[-1].action == "outside_link_lapsed"

    again = send(desk)  # it may be sent once more

    assert again != token
    with pytest.raises(LinkGoneError):
        office.execute(AnswerOutside(token=token, answers={}, opinion="晚了"), NOBODY)
    clock.advance(timedelta(days=7))
    desk.do("approve")
    with pytest.raises(LinkGoneError):
        office.ask(OutsideLinkQuery(token=again), NOBODY)


def test_it_is_recalled(office: Engine, desk: Desk) -> None:
    token, key = send(desk), desk.matter.key_at("approve")
    shown = verb_at(desk.matter, "shen", "return_outside", "approve")
    assert shown is not None
    assert not shown.allowed
    office.execute(RecallOutside(work_item_key=key, reason="对方来电已说明"), Actor(login="shen"))

    with pytest.raises(LinkGoneError):
        office.ask(OutsideLinkQuery(token=token), NOBODY)
    desk.do("approve")


def test_a_return_to_another_step_ends_the_link(office: Engine, desk: Desk) -> None:
    token = send(desk)
    with pytest.raises(WrongStateError):
        desk.send_back("approve", "fill", by="shen")
    desk.matter.terminate(by="boss", reason="项目取消")

    with pytest.raises(LinkGoneError):
        office.ask(OutsideLinkQuery(token=token), NOBODY)


@pytest.mark.parametrize(
    ("facts", "name"),
    [({"party": " "}, "party"), ({"phone": "12"}, "phone"), ({"reason": ""}, "reason")],
)
def test_what_is_missing_is_said_at_its_field(desk: Desk, facts: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationFailedError) as refused:
        send(desk, **facts)
    assert fields_of(refused.value) == {name}


def test_a_link_that_never_was(office: Engine, desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        office.ask(OutsideLinkQuery(token="x" * 43), NOBODY)
    desk.do("approve")
    assert verb_at(desk.matter, "fu", "return_outside", "review") is None


def test_the_package_is_sound() -> None:
    package = read_package(PACKAGES / "processes" / "corrected", PACKAGES / "forms" / "corrected")
    roles = {"applicant", "approver", "reviewer", "publisher"}

    assert check_package(package, HandlerRegistry(), roles=roles) == []
