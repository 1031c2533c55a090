"""Outside handlers run at least once, their effect on the matter exactly once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands import ClaimJobs
from engine.handler import BpmnError, HandlerRegistry, Job
from engine.job_run import run_job
from engine.model.states import JobState
from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    import pytest

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings

Deploy = Callable[[Callable[..., object]], None]


def job_state(engine: Engine, key: str) -> tuple[JobState, int, str]:
    with engine.database.session(write=False) as session:
        row = UnitOfWork(session).waiting.job(int(key))
    assert row is not None
    return row.state, row.attempt, row.last_error


def eventually(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not check():
        assert time.monotonic() < deadline, "did not happen within 10 s"
        time.sleep(0.02)


def test_a_handler_runs_with_no_transaction_open(engine: Engine, deploy: Deploy) -> None:
    seen: list[Job] = []

    def send(job: Job) -> None:
        # another writer gets through at once, so no transaction of ours is open
        engine.execute(ClaimJobs(owner="other"))
        seen.append(job)

    deploy(send)
    matter = ProcessDriver.start(engine, "notify", by="li")
    assert matter.waiting_at == set()

    assert Worker(engine).run_due() == 1

    assert matter.waiting_at == {"read"}
    (job,) = seen
    assert job.attempt == 1
    assert job.matter.initiator == "li"
    assert job.matter.division == "410100"
    assert matter.instance_key in job.idempotency_key


def test_a_failure_is_tried_again_with_the_same_key_and_then_stops(
    engine: Engine, deploy: Deploy, clock: FakeClock
) -> None:
    keys: list[tuple[str, str]] = []

    def send(job: Job) -> None:
        keys.append((job.key, job.idempotency_key))
        message = "gateway down"
        raise ConnectionError(message)

    deploy(send)
    matter = ProcessDriver.start(engine, "notify", by="li")
    worker = Worker(engine)

    worker.run_due()
    assert worker.run_due() == 0
    for _ in range(5):
        clock.advance(timedelta(hours=2))
        worker.run_due()

    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert job_state(engine, keys[0][0]) == (JobState.INCIDENT, 3, "ConnectionError: gateway down")
    assert matter.waiting_at == set()


def test_a_business_outcome_goes_the_way_that_the_model_draws(
    engine: Engine, deploy: Deploy
) -> None:
    def send(_job: Job) -> None:
        raise BpmnError("UNKNOWN_NUMBER")

    deploy(send)
    matter = ProcessDriver.start(engine, "notify", by="li")

    Worker(engine).run_due()

    assert matter.waiting_at == {"call"}


def test_a_zombie_has_no_effect_after_its_lease_lapsed(
    engine: Engine, deploy: Deploy, clock: FakeClock
) -> None:
    calls: list[int] = []
    deploy(lambda job: calls.append(job.attempt))
    matter = ProcessDriver.start(engine, "notify", by="li")

    (zombie,) = engine.execute(ClaimJobs(owner="zombie", lease_seconds=30))
    clock.advance(timedelta(seconds=31))
    assert Worker(engine, owner="heir").run_due() == 1
    run_job(engine, zombie)

    assert calls == [2, 1]
    assert matter.waiting_at == {"read"}
    assert len(matter.work_items) == 1


def test_a_lease_that_has_not_lapsed_is_respected(
    engine: Engine, deploy: Deploy, clock: FakeClock
) -> None:
    deploy(lambda _job: None)
    ProcessDriver.start(engine, "notify", by="li")

    engine.execute(ClaimJobs(owner="busy", lease_seconds=30))
    clock.advance(timedelta(seconds=29))

    assert Worker(engine).run_due() == 0


def test_a_job_without_its_handler_fails_and_says_so(
    engine: Engine, deploy: Deploy, registry: HandlerRegistry
) -> None:
    deploy(lambda _job: None)
    ProcessDriver.start(engine, "notify", by="li")
    (claimed,) = engine.execute(ClaimJobs(owner="me"))
    engine.registry = HandlerRegistry()

    run_job(engine, claimed)

    state, _attempt, error = job_state(engine, claimed.job.key)
    assert state is JobState.READY
    assert "sms.send" in error


def test_an_ended_matter_drops_the_result(engine: Engine, deploy: Deploy) -> None:
    deploy(lambda _job: None)
    matter = ProcessDriver.start(engine, "notify", by="li")
    (claimed,) = engine.execute(ClaimJobs(owner="me"))
    matter.terminate(by="li", reason="不再需要")

    run_job(engine, claimed)

    assert job_state(engine, claimed.job.key)[0] is JobState.CANCELLED


def test_threads_run_jobs_and_stop_cleanly(
    engine: Engine, deploy: Deploy, settings: Settings
) -> None:
    engine.settings = replace(settings, poll_seconds=0.05)
    together = threading.Barrier(2, timeout=10)
    deploy(lambda _job: together.wait() and None)
    matters = [ProcessDriver.start(engine, "notify", by="li") for _ in range(4)]
    worker = Worker(engine, threads=2)

    worker.start()
    eventually(lambda: all(matter.waiting_at == {"read"} for matter in matters))

    assert worker.stop()


def test_a_heartbeat_keeps_a_long_job(
    engine: Engine, deploy: Deploy, settings: Settings, clock: FakeClock
) -> None:
    engine.settings = replace(settings, poll_seconds=0.05, lease_seconds=1)
    running, may_end = threading.Event(), threading.Event()

    def send(_job: Job) -> None:
        running.set()
        assert may_end.wait(10)

    deploy(send)
    matter = ProcessDriver.start(engine, "notify", by="li")
    worker = Worker(engine, threads=1)
    worker.start()
    assert running.wait(10)

    # the office's clock moves on in steps shorter than the lease, each followed by a heartbeat
    for _ in range(4):
        clock.advance(timedelta(seconds=0.6))
        time.sleep(0.5)
    stolen = engine.execute(ClaimJobs(owner="thief"))
    may_end.set()
    eventually(lambda: matter.waiting_at == {"read"})

    assert stolen == []
    assert worker.stop()


def test_stopping_does_not_wait_for_ever(
    engine: Engine, deploy: Deploy, settings: Settings
) -> None:
    engine.settings = replace(settings, poll_seconds=0.05)
    running, may_end = threading.Event(), threading.Event()

    def send(_job: Job) -> None:
        running.set()
        may_end.wait(10)

    deploy(send)
    ProcessDriver.start(engine, "notify", by="li")
    worker = Worker(engine, threads=1)
    worker.start()
    assert running.wait(10)

    assert not worker.stop(timeout=0.2)
    may_end.set()
    assert worker.stop(timeout=10)


def test_the_database_going_away_is_outlived(
    engine: Engine, deploy: Deploy, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.settings = replace(settings, poll_seconds=0.02)
    deploy(lambda _job: None)
    matter = ProcessDriver.start(engine, "notify", by="li")
    execute, failures = engine.execute, iter(range(3))

    def flaky(*arguments: object) -> object:
        if next(failures, None) is not None:
            message = "connection lost"
            raise OSError(message)
        return execute(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "execute", flaky)
    worker = Worker(engine, threads=1)
    worker.start()
    eventually(lambda: matter.waiting_at == {"read"})

    assert worker.stop()
