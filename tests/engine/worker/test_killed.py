"""A worker process that is killed in the middle of a job: another one takes the job over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from engine.catalog import PackageFile, build_package
from engine.commands import DeployPackage
from engine.runtime import Engine
from tests.engine.worker.conftest import INFO, AddPeople
from tests.support.databases import ROOT
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.handler import HandlerRegistry
    from engine.settings import Settings

#: The first try never ends; the following ones end at once.
HANDLER = """
import pathlib, time
from engine.handler import handler

@handler("sms.send")
def send(job):
    with pathlib.Path({log!r}).open("a") as log:
        log.write(f"{{job.attempt}} {{job.idempotency_key}}\\n")
    time.sleep(60 if job.attempt == 1 else 0)
"""


def test_a_killed_workers_job_is_done_by_another_within_its_lease(
    settings: Settings, registry: HandlerRegistry, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    (tmp_path / "slow_handlers.py").write_text(HANDLER.format(log=str(log)), encoding="utf-8")
    registry.add("sms.send", lambda _job: None, inside=False)
    engine = Engine(settings, registry=registry)
    try:
        matter = _waiting_for_the_job(engine)

        first = _worker(settings, tmp_path)
        _eventually(log.exists, 30)
        first.kill()
        first.wait()
        killed_at = time.monotonic()
        second = _worker(settings, tmp_path)
        try:
            _eventually(lambda: matter.waiting_at == {"read"}, 30)
            took = time.monotonic() - killed_at
        finally:
            second.terminate()
            assert second.wait(20) == 0
    finally:
        engine.close()

    tries = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    assert [attempt for attempt, _key in tries] == ["1", "2"]
    assert len({key for _attempt, key in tries}) == 1
    assert took < 15


def _waiting_for_the_job(engine: Engine) -> ProcessDriver:
    engine.execute(AddPeople())
    folder = ROOT / "tests" / "engine" / "worker"
    files = [
        PackageFile(path="processes/notify/process.toml", content=INFO.encode()),
        PackageFile(
            path="processes/notify/notify.bpmn", content=(folder / "notify.bpmn").read_bytes()
        ),
    ]
    engine.execute(DeployPackage(package=build_package("notify", files)))
    return ProcessDriver.start(engine, "notify", by="li")


def _worker(settings: Settings, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "work"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(folder),
            "PROCUREFLOW_DATA": str(settings.data_dir),
            "PROCUREFLOW_DATABASE_URL": settings.database_url,
            "PROCUREFLOW_HANDLERS": "slow_handlers",
            "PROCUREFLOW_LEASE_SECONDS": "1",
            "PROCUREFLOW_POLL_SECONDS": "0.1",
        },
    )


def _eventually(check: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s"
        time.sleep(0.05)
