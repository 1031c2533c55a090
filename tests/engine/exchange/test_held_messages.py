"""A message that nothing belongs to waits for an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import GiveUpTaking, TakeAgain
from engine.errors import (
    NotAllowedError,
    ValidationFailedError,
    WrongStateError,
)
from engine.model.participants import Actor
from engine.model.states import ReceivedState
from tests.support.lots import BOSS, Intake, held, lots, taken, trail

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.support.partners import PartnerProgram


def test_a_message_that_nothing_belongs_to_is_held(centre: PartnerProgram, engine: Engine) -> None:
    answered = centre.send(lots("m1", "P-9"))

    assert (answered.status, answered.body["status"]) == (202, "held")
    assert taken(engine) == 0
    assert len(held(engine)) == 1
    assert trail(engine) == ["message_held"]


def test_an_administrator_takes_a_held_message_again(
    centre: PartnerProgram, engine: Engine, intake: Intake
) -> None:
    centre.send(lots("m1", "P-9"))
    (key,) = held(engine)
    assert engine.execute(TakeAgain(message_key=key), BOSS) is ReceivedState.HELD
    intake.plans.add("P-9")

    assert engine.execute(TakeAgain(message_key=key), BOSS) is ReceivedState.DONE

    assert taken(engine) == 1
    assert centre.send(lots("m1", "P-9")).body["status"] == "accepted"
    assert taken(engine) == 1
    with pytest.raises(WrongStateError):
        engine.execute(TakeAgain(message_key=key), BOSS)


def test_an_administrator_puts_a_held_message_away_with_a_reason(
    centre: PartnerProgram, engine: Engine
) -> None:
    centre.send(lots("m1", "P-9"))
    (key,) = held(engine)
    with pytest.raises(ValidationFailedError):
        engine.execute(GiveUpTaking(message_key=key, reason=" "), BOSS)
    with pytest.raises(NotAllowedError):
        engine.execute(GiveUpTaking(message_key=key, reason="x"), Actor(login="nobody"))

    engine.execute(GiveUpTaking(message_key=key, reason="对方误发"), BOSS)

    assert held(engine) == []
    assert trail(engine)[-1] == "message_put_away"
    assert centre.send(lots("m1", "P-9")).body["status"] == "held"
    assert taken(engine) == 0
