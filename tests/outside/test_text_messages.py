"""Text messages leave after the commit, stop no process, and keep their secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import GiveUpSending, SendAgain
from engine.commands.outside_calls import send_after_commit
from engine.errors import ConfigurationError
from engine.handler import OutsideCall
from engine.model.states import JobState
from engine.queries import OpenIncidents
from tests.outside.ways import (
    ADMIN,
    everything_written,
    live_through,
    numbered_plan,
    outbox,
    receipts,
    work,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.runtime import Engine
    from tests.support.standins import OfficeClock, Standins

SECRET = "Kx7-mP2q-9dTz"
TEXT = {"phone": "19900020002", "text": "您的用户名是 SU02，临时密码是 {secret}。"}


@dataclass(frozen=True)
class Send:
    """Send one text message; ``False`` = it was sent before."""

    sms_id: str = "recovery/1"
    inputs: Mapping[str, Any] = field(default_factory=lambda: {**TEXT, "secret": SECRET})
    fail: bool = False

    def execute(self, services: Services) -> bool:
        """Put it into the outbox."""
        inputs = {"sms_id": self.sms_id, **self.inputs}
        call = OutsideCall(handler="sms.send", message_id=self.sms_id, inputs=inputs)
        is_new = send_after_commit(call, None, services)
        if self.fail:
            raise ConfigurationError("后来出错。", "It failed afterwards.")
        return is_new


def test_a_text_message_goes_out_after_the_commit_with_its_secret(
    office: Engine, standins: Standins
) -> None:
    assert office.execute(Send())
    assert standins.received("sms") == []

    work(office)

    (sms,) = standins.received("sms")
    assert SECRET in sms["data"]
    assert "19900020002" in sms["data"]
    (receipt,) = receipts(office)
    assert receipt.body == {
        "phone": "199****0002",
        "text": "您的用户名是 SU02，临时密码是 ******。",
    }


def test_a_secret_is_written_nowhere_when_the_message_is_over(
    office: Engine, standins: Standins
) -> None:
    standins.behave("sms", "reject")
    office.execute(Send())
    work(office)
    (stopped,) = outbox(office, JobState.INCIDENT)
    assert stopped.inputs["secret"] == SECRET

    office.execute(GiveUpSending(job_key=str(stopped.key), reason="号码有误"), ADMIN)
    standins.behave("sms", "up")
    office.execute(Send("recovery/2"))
    work(office)

    assert len(standins.received("sms")) == 1
    assert SECRET not in everything_written(office)


def test_what_is_rolled_back_is_not_sent(office: Engine, standins: Standins) -> None:
    with pytest.raises(ConfigurationError):
        office.execute(Send(fail=True))

    work(office)

    assert outbox(office) == []
    assert standins.received("sms") == []


def test_the_same_message_is_sent_once(office: Engine, standins: Standins) -> None:
    assert office.execute(Send())
    assert not office.execute(Send())
    work(office)
    assert not office.execute(Send())
    work(office)

    (sms,) = standins.received("sms")
    assert sms["times"] == 1


def test_three_more_tries_then_an_administrator_is_told(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    standins.behave("sms", "down")
    office.execute(Send())

    live_through(office, clock, timedelta(minutes=20))

    (stopped,) = outbox(office, JobState.INCIDENT)
    assert stopped.attempt == 4
    assert office.ask(OpenIncidents(), ADMIN) == []
    standins.behave("sms", "up")
    office.execute(SendAgain(job_key=str(stopped.key)), ADMIN)
    work(office)
    assert [row["times"] for row in standins.received("sms")] == [1]


def test_sent_again_it_has_its_whole_schedule_once_more(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    standins.behave("sms", "down")
    office.execute(Send())
    live_through(office, clock, timedelta(minutes=20))
    (stopped,) = outbox(office, JobState.INCIDENT)

    office.execute(SendAgain(job_key=str(stopped.key)), ADMIN)
    work(office)
    (job,) = outbox(office)
    assert job.state is JobState.READY
    assert job.run_at == clock.now() + timedelta(seconds=30)
    live_through(office, clock, timedelta(minutes=20))

    (stopped,) = outbox(office, JobState.INCIDENT)
    assert stopped.attempt == 8


def test_what_has_lapsed_is_not_sent(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    lapses = (clock.now() + timedelta(minutes=30)).isoformat()
    standins.behave("sms", "down")
    office.execute(Send(inputs={**TEXT, "secret": SECRET, "expires_at": lapses}))
    work(office)
    standins.behave("sms", "up")
    clock.advance(timedelta(minutes=31))

    work(office)

    assert standins.received("sms") == []
    (stopped,) = outbox(office, JobState.INCIDENT)
    assert "expired" in stopped.last_error


def test_one_system_that_is_away_does_not_hold_up_another(
    office: Engine, standins: Standins
) -> None:
    standins.behave("trading_centre", "down")
    plan = numbered_plan(office)
    office.execute(Send())

    work(office)

    assert plan.state == "active"
    assert len(standins.received("sms")) == 1


def test_while_a_system_is_away_one_message_asks_for_all(
    office: Engine, standins: Standins, clock: OfficeClock
) -> None:
    standins.behave("sms", "down")
    for number in range(5):
        office.execute(Send(f"notice/{number}"))

    work(office)

    assert sorted(job.attempt for job in outbox(office)) == [0, 0, 0, 0, 1]
    standins.behave("sms", "up")
    clock.advance(timedelta(seconds=31))
    work(office)
    assert [row["times"] for row in standins.received("sms")] == [1] * 5
