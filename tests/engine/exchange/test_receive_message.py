"""Messages of outside systems are taken once, in one transaction with what follows."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from engine.errors import (
    BadSignatureError,
    MessageIdReusedError,
    ReplayedError,
)
from tests.support.lots import expect_refusal, lots, taken, trail
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine


def test_a_signed_message_is_taken_and_answered(centre: PartnerProgram, engine: Engine) -> None:
    answered = centre.send(lots("m1"))

    assert answered.status == 200
    assert answered.body["status"] == "accepted"
    assert answered.body["result"] == {"lots": 1}
    assert taken(engine) == 1
    assert trail(engine) == ["message_taken"]


def test_the_same_id_has_the_same_answer_and_no_effect(
    centre: PartnerProgram, engine: Engine, clock: FakeClock
) -> None:
    first = centre.send(lots("m1"))
    clock.advance(timedelta(days=3))

    again = centre.send(lots("m1"))

    assert (again.status, again.body) == (first.status, first.body)
    assert taken(engine) == 1
    assert trail(engine) == ["message_taken", "message_repeated"]


def test_an_id_stands_for_one_content(centre: PartnerProgram, engine: Engine) -> None:
    centre.send(lots("m1"))

    with pytest.raises(MessageIdReusedError):
        centre.send(lots("m1", "P-2"))

    assert taken(engine) == 1
    assert trail(engine) == ["message_taken", "refused"]


def test_a_signature_is_good_for_once(centre: PartnerProgram, engine: Engine) -> None:
    body = lots("m1")
    headers = centre.signed(body)
    centre.send(body, headers)

    with pytest.raises(ReplayedError):
        centre.send(body, headers)

    assert taken(engine) == 1
    assert trail(engine) == ["message_taken", "refused"]


def test_wrong_content_is_rejected_with_every_field(centre: PartnerProgram, engine: Engine) -> None:
    body = envelope("m1", "lots.published", {"plan_number": "P-1", "lots": [{"amount": "x"}]})

    answered = centre.send(body)

    assert answered.status == 422
    assert answered.body["status"] == "rejected"
    assert {error["field"] for error in answered.body["errors"]} == {
        "lots.0.number",
        "lots.0.amount",
    }
    assert centre.send(body) == answered
    assert taken(engine) == 0
    assert trail(engine) == ["message_rejected", "message_repeated"]


def test_a_type_that_nobody_takes_is_rejected(centre: PartnerProgram, engine: Engine) -> None:
    assert centre.send(envelope("m1", "lots.dissolved", {})).status == 422
    assert trail(engine) == ["message_rejected"]


def test_copies_that_arrive_together_have_one_effect(
    centre: PartnerProgram, engine: Engine
) -> None:
    body = lots("m1")
    bundles = [centre.signed(body) for _ in range(6)]
    answers = []
    begin = threading.Barrier(len(bundles))

    def send(headers: dict[str, str]) -> None:
        begin.wait()
        answers.append(centre.send(body, headers))

    threads = [threading.Thread(target=send, args=[headers]) for headers in bundles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == len(bundles)
    assert all(answer == answers[0] for answer in answers)
    assert taken(engine) == 1


def test_no_secret_is_in_the_trail(centre: PartnerProgram, engine: Engine) -> None:
    body = lots("m1")
    headers = centre.signed(body)
    centre.send(body, headers)
    expect_refusal(centre, engine, lots("m2"), headers, BadSignatureError)

    with engine.database.session(write=False) as session:
        rows = session.execute(text("SELECT * FROM audit_entry")).all()

    written = " ".join(str(value) for row in rows for value in row)
    assert centre.key.secret.decode() not in written
    assert headers["signature"].split(":")[1] not in written
