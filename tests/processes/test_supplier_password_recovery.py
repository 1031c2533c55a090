"""Scenario S3-O10: a supplier who has lost the password.

The scenario's text has the manual's fixed password 000000. Here it is random, opens one log-in and
lapses after 30 minutes (fixed reading): ``000000`` opens nothing, what the SMS tells opens the page
on which it is changed. Everything else is the scenario's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from engine.catalog import check_package, read_package
from engine.errors import NotAllowedError, ValidationFailedError
from engine.handler import registry
from engine.model.participants import Actor
from engine.queries import BoxCounts
from engine.store.tables import audit_entry, participant, temporary_password, web_session
from handlers.records.tables import recovery_try, supplier
from tests.processes.rule_book import PROCESSES
from tests.processes.supplier_password_recovery import (
    ACCOUNT,
    CODE,
    CONTACT,
    LEGAL_PERSON,
    OLD,
    PROCESS,
    UNKNOWN,
    change,
    log_in,
    opens,
    received,
    recover,
)
from tests.support.outbox import run_jobs, sent, waiting
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands import PublicAnswer
    from engine.runtime import Engine


def account_of(engine: Engine) -> Any:
    """Everything that a recovery could change of the account."""
    with engine.database.session(write=False) as session:
        person = session.execute(select(participant).where(participant.c.login == ACCOUNT)).one()
        sessions = session.execute(select(web_session)).all()
        issued = session.execute(select(temporary_password)).all()
    return person, sessions, issued


def decisions(engine: Engine) -> int:
    with engine.database.session(write=False) as session:
        statement = select(audit_entry.c.key).where(audit_entry.c.action == "decision_made")
        return len(session.execute(statement).all())


def refused(engine: Engine, **given: str) -> str:
    """Ask, expect no reset; returns what is said.

    Nothing may have changed, no message may be on its way, and one line says why.
    """
    before, lines = account_of(engine), decisions(engine)
    answer = recover(engine, **given)
    run_jobs(engine)
    assert not answer.done
    assert account_of(engine) == before
    assert (sent(engine), waiting(engine)) == ([], [])
    assert decisions(engine) == lines + 1
    return answer.message


def state_of(engine: Engine, answer: PublicAnswer) -> tuple[str, str]:
    matter = ProcessDriver(engine, answer.instance_key, "public")
    return matter.state, matter.passed[-1]


@pytest.mark.scenario("S3-O10")
def test_the_whole_way(office: Engine, clock: FakeClock) -> None:
    answer = recover(office, phone=LEGAL_PERSON)
    assert (answer.done, answer.message) == (True, "找回密码成功")

    password = received(office)
    (message,) = sent(office)
    assert message.body["phone"] == LEGAL_PERSON
    assert f"用户名：{ACCOUNT}" in message.body["text"]

    assert not opens(office, "000000")
    assert opens(office, password)
    with pytest.raises(NotAllowedError):
        office.ask(BoxCounts(), Actor(login=ACCOUNT))
    assert change(office, "abc1234") == "ERR_TOO_SHORT"
    assert change(office, "000000") == "ERR_TOO_SHORT"
    assert change(office, "Xin-mima8") == ""

    assert not opens(office, OLD)
    assert not opens(office, password)
    assert opens(office, "Xin-mima8")
    assert office.ask(BoxCounts(), Actor(login=ACCOUNT))
    run_jobs(office)
    assert state_of(office, answer) == ("completed", "changed")
    clock.advance(timedelta(hours=1))
    run_jobs(office)
    assert opens(office, "Xin-mima8")


def test_the_contacts_number_does_too(office: Engine) -> None:
    assert recover(office, phone=CONTACT).done
    received(office)

    assert [row.body["phone"] for row in sent(office)] == [CONTACT]


def test_full_width_and_small_letters_are_read(office: Engine) -> None:
    wide = "９１４１０１０５ｍａ０００２０２９ｆ"

    assert recover(office, code=wide, phone="１９９０００２０００２").done


@pytest.mark.scenario("S3-O10")
def test_a_wrong_check_character_is_a_format_error(office: Engine) -> None:
    assert refused(office, code=f"{CODE[:-1]}A") == "统一社会信用代码格式不正确"


@pytest.mark.scenario("S3-O10")
def test_an_unknown_code_and_a_wrong_number_are_answered_alike(office: Engine) -> None:
    unknown = refused(office, code=UNKNOWN)
    wrong = refused(office, phone="19900010001", address="203.0.113.8")

    assert unknown == wrong == "信息不匹配"


def test_a_supplier_that_was_closed_is_unknown(office: Engine) -> None:
    with office.database.session(write=True) as session:
        session.execute(supplier.update().where(supplier.c.code == "SU02").values(active=False))
        session.commit()

    assert refused(office) == "信息不匹配"


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"code": " "}, "uscc", "ERR_REQUIRED"),
        ({"phone": ""}, "phone", "ERR_REQUIRED"),
        ({"phone": "1990002000"}, "phone", "ERR_PHONE"),
        ({"code": "9" * 41}, "uscc", "ERR_LENGTH"),
    ],
)
def test_what_is_missing_or_misspelt_is_said_at_its_field(
    office: Engine, given: dict[str, str], field: str, code: str
) -> None:
    before = account_of(office)

    with pytest.raises(ValidationFailedError) as refusal:
        recover(office, **given)

    assert [(error.field, error.code) for error in refusal.value.errors] == [(field, code)]
    assert account_of(office) == before
    with office.database.session(write=False) as session:
        assert session.execute(select(recovery_try)).all() == []


@pytest.mark.scenario("S3-O10")
def test_the_sixth_try_within_the_hour_comes_too_often(office: Engine, clock: FakeClock) -> None:
    for number in range(5):
        assert refused(office, phone="19900010001", address=f"203.0.113.{number}") == "信息不匹配"
        clock.advance(timedelta(minutes=11))

    assert refused(office, address="203.0.113.99") == "操作过于频繁，请稍后再试"
    clock.advance(timedelta(minutes=5, seconds=1))
    assert recover(office, address="203.0.113.99").done


def test_tries_from_one_address_count_together(office: Engine) -> None:
    codes = [f"91410105MA000{number}" for number in range(5)]
    for code in codes:
        assert refused(office, code=code) == "统一社会信用代码格式不正确"

    assert refused(office) == "操作过于频繁，请稍后再试"
    assert recover(office, address="203.0.113.8").done


def test_a_refused_try_does_not_prolong_the_wait(office: Engine, clock: FakeClock) -> None:
    for _ in range(5):
        refused(office, phone="19900010001")
    clock.advance(timedelta(minutes=59))
    refused(office)
    clock.advance(timedelta(minutes=1, seconds=1))

    assert recover(office).done


def test_nothing_changes_before_the_sent_password_is_used(office: Engine) -> None:
    opened = log_in(office, OLD)
    recover(office)
    received(office)

    # code and number of a supplier are no secrets: who knows them cannot shut it out
    assert opens(office, OLD)
    assert opened.participant is not None
    assert office.ask(BoxCounts(), Actor(login=ACCOUNT))


def test_it_lapses_after_half_an_hour(office: Engine, clock: FakeClock) -> None:
    answer = recover(office)
    password = received(office)
    clock.advance(timedelta(minutes=30))
    assert not opens(office, password)

    run_jobs(office)

    assert state_of(office, answer) == ("completed", "lapsed")
    assert account_of(office)[2] == []
    assert opens(office, OLD)


def test_a_second_request_makes_the_first_password_worthless(
    office: Engine, clock: FakeClock
) -> None:
    first_answer = recover(office)
    first = received(office)
    clock.advance(timedelta(minutes=10))
    second_answer = recover(office)
    second = received(office)

    assert first != second
    assert not opens(office, first)
    clock.advance(timedelta(minutes=20))
    run_jobs(office)
    # the first one's end does not touch what the second one has issued
    assert state_of(office, first_answer) == ("completed", "lapsed")
    assert opens(office, second)
    assert change(office, "Xin-mima8") == ""
    run_jobs(office)
    assert state_of(office, second_answer) == ("completed", "changed")


def test_an_sms_that_goes_out_too_late_is_not_sent(office: Engine, clock: FakeClock) -> None:
    recover(office)
    clock.advance(timedelta(minutes=31))
    run_jobs(office)

    assert sent(office) == []


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / PROCESS), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
