"""Messages, signals, errors and timers between matters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError
from engine.catalog import read_package
from engine.commands import (
    BroadcastSignal,
    DeliverNext,
    DeployPackage,
    FireDueTimer,
    PublishMessage,
    StartInstance,
    ThrowError,
)
from engine.model.participants import Actor
from engine.queries import Box, Worklist
from tests.support.leave_request import PACKAGES
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

JIA = Actor(login="jia")


def deploy(engine: Engine, name: str) -> None:
    engine.execute(DeployPackage(package=read_package(PACKAGES / "processes" / name)))


def deliver_all(engine: Engine) -> int:
    delivered = 0
    while engine.execute(DeliverNext()):
        delivered += 1
    return delivered


def send(engine: Engine, number: str) -> ProcessDriver:
    command = StartInstance(process_id="parcel", variables={"parcel_no": number})
    return ProcessDriver(engine, engine.execute(command, JIA).instance_key, "jia")


@pytest.fixture
def parcel(engine: Engine) -> ProcessDriver:
    deploy(engine, "parcel")
    send(engine, "NOISE")
    return send(engine, "P1")


def test_message_reaches_the_matter_with_its_key(engine: Engine, parcel: ProcessDriver) -> None:
    assert parcel.waiting_at == set()

    published = engine.execute(PublishMessage(name="arrived", correlation_key="P1"), JIA)

    assert published.instance_key == parcel.instance_key
    assert parcel.waiting_at == {"sign_parcel"}


def test_repeated_message_is_taken_once(engine: Engine, parcel: ProcessDriver) -> None:
    command = PublishMessage(name="arrived", correlation_key="P1", message_id="m1")

    first = engine.execute(command, JIA)
    again = engine.execute(command, JIA)

    assert again.repeated
    assert again.instance_key == first.instance_key == parcel.instance_key
    assert len([item for item in parcel.work_items if item.is_open]) == 1


def test_early_message_is_kept_and_found_later(engine: Engine) -> None:
    deploy(engine, "parcel")
    early = PublishMessage(name="arrived", correlation_key="P9", time_to_live=timedelta(minutes=5))
    assert engine.execute(early, JIA).kept

    late = send(engine, "P9")

    assert deliver_all(engine) == 1
    assert late.waiting_at == {"sign_parcel"}


def test_message_past_its_time_is_not_delivered(engine: Engine, clock: FakeClock) -> None:
    deploy(engine, "parcel")
    early = PublishMessage(name="arrived", correlation_key="P9", time_to_live=timedelta(minutes=5))
    engine.execute(early, JIA)
    clock.advance(timedelta(minutes=6))

    late = send(engine, "P9")

    assert deliver_all(engine) == 0
    assert late.waiting_at == set()


def test_thrown_message_starts_a_matter_that_answers(engine: Engine) -> None:
    deploy(engine, "courier")
    deploy(engine, "parcel")
    parcel = send(engine, "P1")
    assert deliver_all(engine) == 1
    (row,) = [
        row for row in engine.ask(Worklist(box=Box.TODO), JIA).rows if row.process_name == "派送"
    ]
    courier = ProcessDriver(engine, row.instance_key, "jia")

    courier.complete("deliver_parcel", by="bing")

    assert courier.state == "completed"
    assert deliver_all(engine) == 1
    assert parcel.waiting_at == {"sign_parcel"}


def test_signal_reaches_everybody_who_listens(engine: Engine, parcel: ProcessDriver) -> None:
    other = send(engine, "P2")
    for number in ("P1", "P2"):
        engine.execute(PublishMessage(name="arrived", correlation_key=number), JIA)

    assert engine.execute(BroadcastSignal(name="storm"), JIA) == 2
    assert deliver_all(engine) == 2

    for matter in (parcel, other):
        assert "storm_noted" in matter.passed
        assert matter.waiting_at == {"sign_parcel"}
    assert engine.execute(BroadcastSignal(name="storm"), JIA) == 2


def test_thrown_error_takes_the_boundary_event(engine: Engine, parcel: ProcessDriver) -> None:
    engine.execute(PublishMessage(name="arrived", correlation_key="P1"), JIA)

    engine.execute(ThrowError(work_item_key=parcel.key_at("sign_parcel"), code="LOST"), JIA)

    assert parcel.state == "completed"
    assert parcel.passed[-1] == "lost"
    assert parcel.waiting_at == set()


def test_error_that_nobody_catches_changes_nothing(engine: Engine, parcel: ProcessDriver) -> None:
    engine.execute(PublishMessage(name="arrived", correlation_key="P1"), JIA)

    with pytest.raises(UncaughtError):
        engine.execute(ThrowError(work_item_key=parcel.key_at("sign_parcel"), code="ELSE"), JIA)

    assert parcel.waiting_at == {"sign_parcel"}


def test_start_timer_fires_once_for_missed_days(engine: Engine, clock: FakeClock) -> None:
    deploy(engine, "courier")
    assert not engine.execute(FireDueTimer())

    clock.advance(timedelta(days=3, hours=1))

    assert engine.execute(FireDueTimer())
    assert not engine.execute(FireDueTimer())
    rows = engine.ask(Worklist(box=Box.TODO), JIA).rows
    assert [row.element_name for row in rows] == ["巡回"]

    clock.advance(timedelta(days=1))

    assert engine.execute(FireDueTimer())
