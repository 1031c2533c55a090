"""Due timers are fired once, never early, by any number of workers."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.catalog import PackageFile, build_package
from engine.commands import DeployPackage
from engine.worker import Worker
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

INFO = 'id = "remind"\nname = "提醒"\ncategory = "测试"\nstarters = ["clerk"]\ntitle = "who"\n'


@pytest.fixture
def matters(engine: Engine) -> list[ProcessDriver]:
    """Give three matters that wait for one day."""
    model = Path(__file__).with_name("remind.bpmn").read_bytes()
    files = [
        PackageFile(path="processes/remind/process.toml", content=INFO.encode()),
        PackageFile(path="processes/remind/remind.bpmn", content=model),
    ]
    engine.execute(DeployPackage(package=build_package("remind", files)))
    return [ProcessDriver.start(engine, "remind", by="li") for _ in range(3)]


def test_a_timer_never_fires_early(
    engine: Engine, matters: list[ProcessDriver], clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=23, minutes=59))

    assert Worker(engine).run_due() == 0
    assert all(matter.waiting_at == set() for matter in matters)


def test_every_due_timer_fires_once(
    engine: Engine, matters: list[ProcessDriver], clock: FakeClock
) -> None:
    clock.advance(timedelta(days=1))

    assert Worker(engine).run_due() == 3
    assert Worker(engine).run_due() == 0
    assert all(matter.waiting_at == {"read"} for matter in matters)


def test_workers_that_race_fire_each_timer_once(
    engine: Engine, matters: list[ProcessDriver], clock: FakeClock
) -> None:
    clock.advance(timedelta(days=3))
    workers = [Worker(engine, owner=f"worker {number}") for number in range(3)]

    threads = [threading.Thread(target=worker.run_due) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(matter.work_items) for matter in matters] == [1, 1, 1]
    fired = [row for matter in matters for row in matter.audit() if row.action == "timer_fired"]
    assert len(fired) == 3
