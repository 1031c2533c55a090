"""A procedure that is open to everybody: what it takes, what it says, how often it can be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.catalog import read_package
from engine.commands import DeployPackage, StartInstance, StartPublicly
from engine.errors import (
    NotAllowedError,
    NotFoundError,
    TooManyTriesError,
    ValidationFailedError,
)
from engine.model.participants import PUBLIC, Actor
from engine.queries import InstanceQuery, PublicProcedures, PublicStartQuery, StartCatalogue
from engine.store.tables import audit_entry, process_instance
from tests.support.leave_request import PACKAGES

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands import PublicAnswer
    from engine.runtime import Engine

HERE = Actor(login=PUBLIC.login, address="203.0.113.7")


@pytest.fixture(autouse=True)
def open_question(engine: Engine) -> None:
    folder = PACKAGES / "processes" / "open_question"
    package = read_package(folder, PACKAGES / "forms" / "open_question")
    engine.execute(DeployPackage(package=package))


def ask(engine: Engine, by: Actor = HERE, **answers: str) -> PublicAnswer:
    given = {"question": "何时开标？", **answers}
    return engine.execute(StartPublicly(process_id="open_question", answers=given), by)


def test_the_answer_is_what_the_model_says(engine: Engine) -> None:
    answer = ask(engine, question="  何时\n开标？ ")

    assert (answer.done, answer.message) == (True, "已收到")
    assert answer.detail == "何时 开标？ 203.0.113.7"


def test_an_english_reader_gets_the_packages_english(engine: Engine) -> None:
    command = StartPublicly(
        process_id="open_question", answers={"question": "When?"}, language="en"
    )
    page = engine.ask(PublicStartQuery(process_id="open_question", language="en"), HERE)

    assert engine.execute(command, HERE).message == "Received"
    assert page.name == "Public question"
    assert page.form.label("question") == "Question"


def test_nothing_but_the_forms_answers_enters_the_model(engine: Engine) -> None:
    answer = ask(engine, public_address="198.51.100.1", reply="mine")

    assert answer.detail.endswith("203.0.113.7")


@pytest.mark.parametrize(("question", "code"), [("  ", "ERR_REQUIRED"), ("长" * 201, "ERR_LENGTH")])
def test_the_form_is_checked_before_anything_begins(
    engine: Engine, question: str, code: str
) -> None:
    with pytest.raises(ValidationFailedError) as refusal:
        ask(engine, question=question)

    assert [(error.field, error.code) for error in refusal.value.errors] == [("question", code)]
    with engine.database.session(write=False) as session:
        assert session.execute(select(process_instance.c.key)).all() == []


def test_the_log_in_page_can_name_it(engine: Engine) -> None:
    found = engine.ask(PublicProcedures(language="en"), HERE)

    assert [(item.process_id, item.name) for item in found] == [
        ("open_question", "Public question")
    ]


def test_a_procedure_for_people_with_a_post_stays_closed(engine: Engine) -> None:
    with pytest.raises(NotAllowedError):
        engine.execute(StartPublicly(process_id="leave_request", answers={}), HERE)
    with pytest.raises(NotFoundError):
        engine.execute(StartPublicly(process_id="nothing", answers={}), HERE)


def test_nobody_but_an_administrator_sees_what_the_public_began(engine: Engine) -> None:
    key = ask(engine).instance_key

    for login in ("jia", "yi", "other", PUBLIC.login):
        with pytest.raises(NotAllowedError):
            engine.ask(InstanceQuery(instance_key=key), Actor(login=login))
    assert engine.ask(InstanceQuery(instance_key=key), Actor(login="boss")).matter.title


def test_people_are_not_offered_it(engine: Engine) -> None:
    offered = engine.ask(StartCatalogue(), Actor(login="yi"))

    assert "open_question" not in [process.process_id for process in offered]
    with pytest.raises(NotAllowedError):
        engine.execute(StartInstance(process_id="open_question"), Actor(login="yi"))


def test_a_flood_from_one_address_is_stopped_and_leaves_one_line_each(
    engine: Engine, clock: FakeClock
) -> None:
    for _ in range(20):
        ask(engine)

    with pytest.raises(TooManyTriesError):
        ask(engine)

    with engine.database.session(write=False) as session:
        assert len(session.execute(select(process_instance.c.key)).all()) == 20
        refusals = session.execute(
            select(audit_entry.c.address).where(audit_entry.c.action == "refused")
        ).all()
    assert [row.address for row in refusals] == ["203.0.113.7"]
    ask(engine, Actor(login=PUBLIC.login, address="203.0.113.8"))
    clock.advance(timedelta(hours=1))
    ask(engine)
