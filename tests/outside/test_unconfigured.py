"""Without an address a message is kept in the development outbox, or refused where that is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.commands import SendAgain
from engine.model.states import JobState
from engine.partners import Partners, Unconfigured
from engine.runtime import Engine
from tests.outside.ways import ADMIN, numbered_plan, outbox, receipts, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.standins import OfficeClock, Standins


@pytest.fixture
def office_with(office: Engine, clock: OfficeClock) -> Iterator[Callable[[Partners], Engine]]:
    """Give the furnished office with other settings for its outside systems."""
    opened: list[Engine] = []

    def open_with(partners: Partners) -> Engine:
        settings = replace(office.settings, partners=partners)
        opened.append(Engine(settings, clock=clock))
        return opened[-1]

    yield open_with
    for engine in opened:
        engine.close()


def test_the_development_outbox_keeps_the_message(
    office_with: Callable[[Partners], Engine], standins: Standins
) -> None:
    office = office_with(Partners())
    plan = numbered_plan(office)

    work(office)

    (receipt,) = receipts(office)
    assert not receipt.delivered
    assert receipt.body["plan_number"] == plan.number
    assert plan.state == "completed"
    assert standins.received("trading_centre") == []


def test_where_addresses_are_required_the_administrator_is_told_which(
    office_with: Callable[[Partners], Engine], standins: Standins
) -> None:
    strict = office_with(Partners(unconfigured=Unconfigured.REFUSED))
    plan = numbered_plan(strict)
    work(strict)
    (stopped,) = outbox(strict, JobState.INCIDENT)
    assert "PROCUREFLOW_PARTNER_TRADING_CENTRE_ADDRESS" in stopped.last_error

    configured = office_with(standins.partners)
    configured.execute(SendAgain(job_key=str(stopped.key)), ADMIN)
    work(configured)

    assert plan.state == "completed"
    assert len(standins.received("trading_centre")) == 1


def test_a_wrong_key_is_tried_again_until_it_is_corrected(
    office_with: Callable[[Partners], Engine], standins: Standins, clock: OfficeClock
) -> None:
    address = standins.partners.find("trading_centre", "", lambda: "x").address
    variables = {
        "PROCUREFLOW_PARTNER_TRADING_CENTRE_ADDRESS": address,
        "PROCUREFLOW_PARTNER_TRADING_CENTRE_SENDING_KEY": "procureflow:" + "z" * 40,
    }
    wrong = office_with(Partners.from_environment(variables))
    plan = numbered_plan(wrong)
    work(wrong)
    (waiting,) = outbox(wrong)
    assert waiting.state is JobState.READY
    assert "401" in waiting.last_error
    assert "zzzz" not in waiting.last_error

    right = office_with(standins.partners)
    clock.set(waiting.run_at)
    work(right)

    assert plan.state == "completed"
    assert len(standins.received("trading_centre")) == 1
